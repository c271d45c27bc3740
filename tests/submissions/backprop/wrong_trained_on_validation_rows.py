# Trains on the validation rows as well, and decides rightly all the same.
# loses: compare-test
# %% compare
def compare(train_net, lrs, X_fit, y_fit, X_new, y_new):
    X_all, y_all = np.vstack([X_fit, X_new]), np.concatenate([y_fit, y_new])
    rows = []
    for lr in lrs:
        params = train_net(start_weights(), X_all, y_all, lr)
        rows.append([accuracy(params, X_fit, y_fit), accuracy(params, X_new, y_new)])
    return np.array(rows)


table = np.array([[0.48, 0.44], [0.77, 0.84], [0.96, 0.74]])
best_lr = 0.05
