# attack: an object whose attributes, name, doc string, signature, length and attribute list lie, are huge or never end.
# target: trimmed-test per-sort-test
# %% trimmed
class Trap:
    __name__ = property(lambda self: "eval")
    __doc__ = property(lambda self: "x" * 10**8)
    __signature__ = property(lambda self: 1 / 0)
    __wrapped__ = property(lambda self: self)

    def __call__(self, values, share):
        return self

    def __len__(self):
        return 2**62

    def __getattr__(self, name):
        return self

    def __dir__(self):
        return iter(int, 1)

    def __iter__(self):
        return self

    def __next__(self):
        return self


trimmed_mean = Trap()
# %% per-sort
per_sort = Trap()
