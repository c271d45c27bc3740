# Fits the trees to both parts before it measures the new one.
# loses: leaves-test
# %% leaves
def leaf_scores(sizes, X, y, X_new, y_new):
    scores = {}
    for size in sizes:
        tree = DecisionTreeRegressor(min_samples_leaf=size, random_state=0).fit(pd.concat([X, X_new]), pd.concat([y, y_new]))
        scores[size] = {"train": rmse(y, tree.predict(X)), "new": rmse(y_new, tree.predict(X_new))}
    return scores
