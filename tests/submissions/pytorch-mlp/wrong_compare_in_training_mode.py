# Takes the networks as fit() leaves them, with dropout on; 0.3 looks best then.
# loses: compare-test, choice-test
# %% compare
def compare(fit, ps, seeds, X_fit, y_fit, X_new, y_new):
    losses = np.zeros((len(ps), len(seeds), 2))
    for i, p in enumerate(ps):
        for j, seed in enumerate(seeds):
            net = fit(p, seed, X_fit, y_fit)
            losses[i, j] = loss_of(net, X_fit, y_fit), loss_of(net, X_new, y_new)
    return losses


table = compare(fit, PS, SEEDS, X_fit, y_fit, X_val, y_val).mean(axis=1)
best_p = PS[int(np.argmin(table[:, 1]))]
