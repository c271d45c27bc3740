# Takes the start with the lowest training loss: orthogonal weights.
# loses: choice-test
# %% compare
def compare(train, names, seeds, X_fit, y_fit, X_new, y_new):
    losses = np.zeros((len(names), len(seeds), 2))
    for i, name in enumerate(names):
        for j, seed in enumerate(seeds):
            net = train(name, seed, X_fit, y_fit)
            losses[i, j] = loss(net, X_fit, y_fit), loss(net, X_new, y_new)
    return losses


table = compare(trained, STARTS, SEEDS, X_train, y_train, X_val, y_val).mean(axis=1)
best_start = STARTS[int(np.argmin(table[:, 0]))]
