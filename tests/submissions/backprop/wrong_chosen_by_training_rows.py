# Takes the learning rate with the highest training accuracy.
# loses: compare-test
# %% compare
def compare(train_net, lrs, X_fit, y_fit, X_new, y_new):
    rows = []
    for lr in lrs:
        params = train_net(start_weights(), X_fit, y_fit, lr)
        rows.append([accuracy(params, X_fit, y_fit), accuracy(params, X_new, y_new)])
    return np.array(rows)


table = compare(own_train, [0.005, 0.05, 0.5], X_train, y_train, X_val, y_val)
best_lr = [0.005, 0.05, 0.5][int(np.argmax(table[:, 0]))]
