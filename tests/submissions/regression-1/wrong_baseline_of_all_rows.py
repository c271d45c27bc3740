# The means are taken over training and test rows together.
# loses: baselines-test
# %% baselines
def mean_baseline(train, test):
    return np.full(len(test), pd.concat([train, test])["cnt"].mean())


def hour_baseline(train, test):
    both = pd.concat([train, test])
    return test["hr"].map(both.groupby("hr")["cnt"].mean()).to_numpy()
