# attack: memory runs out inside of a test's call, so that a test may end without a verdict.
# target: trimmed-test
# also loses: all
# destructive
# bomb
# %% trimmed
def trimmed_mean(values, share):
    taken = []
    while True:
        taken.append(np.ones(2**24))
