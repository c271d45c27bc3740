# The table and the choice are those of seed 0 alone.
# loses: compare-test, choice-test
# %% compare, but
- losses = compare(trained, STARTS, SEEDS, X_train, y_train, X_val, y_val)
- table = losses.mean(axis=1)
- print(pd.DataFrame(np.hstack([table, losses[:, :, 1].std(axis=1, ddof=1)[:, None]]), index=STARTS, columns=["training", "validation", "spread over seeds"]).round(3))
+ table = compare(trained, STARTS, [0], X_train, y_train, X_val, y_val)[:, 0]
