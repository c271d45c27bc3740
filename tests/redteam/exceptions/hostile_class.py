# attack: an exception whose class has a lying name, module and method resolution order.
# target: trimmed-test root-test
# slow
# %% trimmed
class Meta(type):
    def mro(cls):
        return [cls, ValueError, Exception, BaseException, object]

    @property
    def __mro__(cls):
        while True:
            yield cls

    def __instancecheck__(cls, value):
        return True


class Hostile(BaseException, metaclass=Meta):
    pass


Hostile.__module__, Hostile.__qualname__ = "builtins", "exec"


def trimmed_mean(values, share):
    raise Hostile("print('ESCAPED')")


# %% root
def root(f, low, high):
    raise type("SystemExit", (Exception,), {"__module__": "os", "__qualname__": "_exit"})(0)
