# The lowest loss on the fitted rows chooses the rate.
# loses: compare-test
# %% compare
def compare(train_net, rates, X_fit, y_fit, X_new, y_new):
    rows = []
    for lr in rates:
        predict = train_net(X_fit, y_fit, lr)
        rows.append([lr, cross_entropy(y_fit, predict(X_fit)), cross_entropy(y_new, predict(X_new))])
    return pd.DataFrame(rows, columns=["lr", "training", "validation"])


scores = compare(train_net, rates, X_train, y_train, X_val, y_val)
best_lr = rates[int(scores["training"].argmin())]
