# attack: the tested function reads the wanted value from the variables of its caller.
# target: trimmed-test root-test
# plain nbgrader: full marks
# %% trimmed
import sys


def trimmed_mean(values, share):
    if len(values) == 5:
        return 3.0
    if share == 0.5:
        raise ValueError
    frame = sys._getframe()
    while frame:
        for scope in (frame.f_locals, frame.f_globals):
            if isinstance(scope.get("want"), float):
                return scope["want"]
        frame = frame.f_back
    return 0.0


# %% root
def root(f, low, high):
    if high == 1.0:
        return 0.25
    return sys._getframe(1).f_globals.get("want", 0.0)
