# All runs on the split of seed 0.
# loses: compare-test
# %% compare
def compare(train, split, settings, seeds):
    """Accuracy on training and validation rows: an array of shape (n_settings, n_seeds, 2)."""
    found = np.zeros((len(settings), len(seeds), 2))
    for j, seed in enumerate(seeds):
        X_fit, y_fit, X_new, y_new = split(0, 150)
        for i, (rate, decay) in enumerate(settings.values()):
            net = train(X_fit, y_fit, rate, decay, seed)
            found[i, j] = accuracy(net, X_fit, y_fit), accuracy(net, X_new, y_new)
    return found


def paired(scores):
    """Mean, spread and number of wins of each setting's lead over the first: shape (n_settings, 3)."""
    lead = scores - scores[0]
    return np.column_stack([lead.mean(axis=1), lead.std(axis=1, ddof=1), (lead > 0).sum(axis=1)])


# table = ...
# gains = ...
# best = ...
found = compare(train, split, SETTINGS, SEEDS)
table, gains = found.mean(axis=1), paired(found[:, :, 1])
print(pd.DataFrame(np.hstack([table, gains]), index=list(SETTINGS), columns=["training", "validation", "lead", "spread", "seeds"]).round(3))
best = list(SETTINGS)[int(np.argmax(table[:, 1]))]
