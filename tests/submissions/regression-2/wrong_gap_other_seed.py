# Shuffles with a seed of its own.
# loses: gap-test
# %% gap
def split_gap(X, y, n_test):
    splits = {
        "random": train_test_split(X, y, test_size=n_test, random_state=42),
        "time": train_test_split(X, y, test_size=n_test, shuffle=False),
    }
    booster = HistGradientBoostingRegressor(max_leaf_nodes=63, random_state=0)
    return {name: booster.fit(past, counts).score(future, truth) for name, (past, future, counts, truth) in splits.items()}
