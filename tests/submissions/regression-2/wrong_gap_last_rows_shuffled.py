# Shuffles both times.
# loses: gap-test
# %% gap
def split_gap(X, y, n_test):
    scores = {}
    for name, seed in [("random", 0), ("time", 1)]:
        X_past, X_future, y_past, y_future = train_test_split(X, y, test_size=n_test, random_state=seed)
        booster = HistGradientBoostingRegressor(max_leaf_nodes=63, random_state=0).fit(X_past, y_past)
        scores[name] = float(r2_score(y_future, booster.predict(X_future)))
    return scores
