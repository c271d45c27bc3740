# Never goes low enough to see overfitting: the smallest leaf tried is nearly the best.
# loses: leaves-test
# %% leaf-sizes
leaf_sizes = [10, 20, 50, 100, 200]
pd.DataFrame(leaf_scores(leaf_sizes, X_fit, y_fit, X_val, y_val)).T.round(1)
