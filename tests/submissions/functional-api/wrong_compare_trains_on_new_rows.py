# Trains on the new rows as well.
# loses: compare-test
# %% compare
def compare(train, weights, seeds, data_fit, data_new):
    found = np.zeros((len(weights), len(seeds), 6))
    for i, weight in enumerate(weights):
        for j, seed in enumerate(seeds):
            net = train(weight, seed, [np.concatenate(both) for both in zip(data_fit, data_new)])
            found[i, j] = *measures(net, data_fit, weight), *measures(net, data_new, weight)
    return found


table = compare(trained, WEIGHTS, SEEDS, fitted, new).mean(axis=1)
