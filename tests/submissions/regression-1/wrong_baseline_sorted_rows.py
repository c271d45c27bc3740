# A merge that sorts by the hour: right values, shuffled rows.
# loses: baselines-test
# %% baselines
def mean_baseline(train, test):
    return np.full(len(test), train["cnt"].mean())


def hour_baseline(train, test):
    means = train.groupby("hr")["cnt"].mean().rename("guess").reset_index()
    return means.merge(test[["hr"]], on="hr", how="right", sort=True).sort_values("hr")["guess"].to_numpy()
