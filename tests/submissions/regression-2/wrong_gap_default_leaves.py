# Forgets the setting of the booster: 31 leaves instead of 63.
# loses: gap-test
# %% gap
def split_gap(X, y, n_test):
    splits = {
        "random": train_test_split(X, y, test_size=n_test, random_state=0),
        "time": train_test_split(X, y, test_size=n_test, shuffle=False),
    }
    booster = HistGradientBoostingRegressor(random_state=0)
    return {name: booster.fit(past, counts).score(future, truth) for name, (past, future, counts, truth) in splits.items()}
