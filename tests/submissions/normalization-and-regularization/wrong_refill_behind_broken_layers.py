# Fills each layer with what the broken layers before it give.
# loses: refill-test
# %% refill
def refill(net, X):
    """A new network whose stores hold the means and variances of the rows X."""
    H, found = X, []
    for W, gamma, beta, mean, variance in net[:-1]:
        Z = H @ W
        found.append((W, gamma, beta, Z.mean(axis=0), Z.var(axis=0)))
        H = np.maximum(gamma * (Z - mean) / np.sqrt(variance + EPS) + beta, 0)
    return [*found, net[-1]]


# mended = ...
mended = refill(broken, X_train)
print("mended:", np.mean(inference(mended, X_val).argmax(axis=1) == y_val))
