# The rows themselves take part in mean and spread.
# loses: standardise-test
# %% standardise
def standardise(train, rows):
    both = np.concatenate([train, rows])
    spread = both.std(axis=0, ddof=1)
    return (rows - both.mean(axis=0)) / np.where(spread > 0, spread, 1)
