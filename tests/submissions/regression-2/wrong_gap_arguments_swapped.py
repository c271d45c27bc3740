# r2_score with the prediction first.
# loses: gap-test
# %% gap
def split_gap(X, y, n_test):
    splits = {
        "random": train_test_split(X, y, test_size=n_test, random_state=0),
        "time": train_test_split(X, y, test_size=n_test, shuffle=False),
    }
    scores = {}
    for name, (X_past, X_future, y_past, y_future) in splits.items():
        booster = HistGradientBoostingRegressor(max_leaf_nodes=63, random_state=0).fit(X_past, y_past)
        scores[name] = float(r2_score(booster.predict(X_future), y_future))
    return scores
