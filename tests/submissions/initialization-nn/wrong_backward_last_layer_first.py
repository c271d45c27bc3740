# The list is in the order in which it was found.
# loses: backward-test
# %% backward
def backward_spreads(X, weights, D):
    H = [X]
    for W in weights:
        H.append(np.maximum(H[-1] @ W, 0))
    spreads = []
    for W, h in zip(weights[::-1], H[:0:-1]):
        D = D * (h > 0)
        spreads.append(D.std(ddof=1))
        D = D @ W.T
    return spreads
