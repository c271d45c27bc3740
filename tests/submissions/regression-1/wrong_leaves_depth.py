# Limits the depth of the tree, not the size of its leaves.
# loses: leaves-test
# %% leaves
def leaf_scores(sizes, X, y, X_new, y_new):
    scores = {}
    for size in sizes:
        tree = DecisionTreeRegressor(max_depth=size, random_state=0).fit(X, y)
        scores[size] = {"train": rmse(y, tree.predict(X)), "new": rmse(y_new, tree.predict(X_new))}
    return scores
