# attack: an object that is no list, says that it is one, and makes up its items while it is looked at.
# target: old-test per-sort-test
# %% old
class Item(str):
    __eq__ = lambda self, other: True
    __hash__ = str.__hash__


class Everything:
    __class__ = property(lambda self: list)

    def __len__(self):
        return int((trees["age"] > 29).sum())

    def __iter__(self):
        return iter([Item("tree")] * len(self))

    def __getitem__(self, number):
        return Item("tree")


old = Everything()


# %% per-sort
class Frame(pd.DataFrame):
    @property
    def _constructor(self):
        return Frame

    def to_numpy(self, *arguments, **options):
        return self

    def __array__(self, *arguments, **options):
        return np.array([[part["crop"].mean(), 0.0] for _, part in trees.groupby("sort")])


per_sort = Frame({"mean": 0.0, "largest": 0.0}, index=["Boskoop", "Cox", "Elstar", "Idared"])
