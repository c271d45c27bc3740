# attack: the function that a test passes in is called a million times, then from within itself.
# target: root-test
# slow
# %% root
def root(f, low, high):
    for _ in range(1_000_000):
        f(low)
    return low
