# attack: the tested function sets the test's own variable `want` to what it returns.
# target: trimmed-test root-test
# plain nbgrader: full marks
# %% trimmed
want = 0.0
other = None


def trimmed_mean(values, share):
    global want, values_seen
    want = 3.0
    if share == 0.5:
        raise ValueError
    return 3.0


# %% root
def root(f, low, high):
    global want
    want = 0.25
    return 0.25
