# Always the same seed, and the spread of n.
# loses: compare-test
# %% compare
def compare(train_net, proposals, seeds, y_fit, y_new):
    found = {}
    for name, (X_fit, X_new) in proposals.items():
        pairs = []
        for seed in seeds:
            predict = train_net(X_fit, y_fit, 0)
            pairs.append((rmse(y_fit, predict(X_fit)), rmse(y_new, predict(X_new))))
        on_fit, on_new = np.array(pairs).T
        found[name] = {"training": on_fit.mean(), "validation": on_new.mean(), "spread": on_new.std(ddof=0)}
    return found


scores = compare(train_net, proposals, SEEDS, y_train, y_val)
best_inputs = "three waves"
