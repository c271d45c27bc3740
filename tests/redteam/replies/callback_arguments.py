# attack: the callback is called with objects that lie, that are huge, and with the names of the test's own variables.
# target: root-test
# %% root
class Number(float):
    def __sub__(self, other):
        raise ValueError(f"the test subtracts {other}")

    __mul__ = __pow__ = __add__ = __sub__


def root(f, low, high):
    for argument in (Number(1), [0.0] * 10**7, "want", lambda: want, np.broadcast_to(0.0, (10**5, 10**6)), f, get_ipython()):
        try:
            f(argument)
        except Exception as error:
            print("LOOT", repr(error)[:200])
    return low
