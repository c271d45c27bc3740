# The table holds the medians over the seeds, not the means.
# loses: compare-test
# %% compare
def compare(train, weights, seeds, data_fit, data_new):
    """Three measures on the fitted and three on the new rows: an array of shape (n_weights, n_seeds, 6)."""
    found = np.zeros((len(weights), len(seeds), 6))
    for i, weight in enumerate(weights):
        for j, seed in enumerate(seeds):
            net = train(weight, seed, data_fit)
            found[i, j] = *measures(net, data_fit, weight), *measures(net, data_new, weight)
    return found


runs = compare(trained, WEIGHTS, SEEDS, fitted, new)
table = np.median(runs, axis=1)
names = ["zone", "delay", "loss"]
print(pd.DataFrame(table, index=WEIGHTS, columns=[f"{name} {part}" for part in ("fitted", "new") for name in names]).round(3))

