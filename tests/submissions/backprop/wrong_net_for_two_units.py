# Written for the visible shapes: two hidden units, three classes.
# loses: net-test
# %% net
def loss_and_gradients(params, X, y):
    W1, b1, W2, b2 = params
    Z = X @ W1 + b1
    H = np.maximum(Z, 0)
    D = loss_slopes(H @ W2 + b2, y)
    grad_W2 = np.array([[H[:, j] @ D[:, k] for k in range(3)] for j in range(2)])
    to_H = np.column_stack([D @ W2[0], D @ W2[1]])
    D1 = to_H * (Z > 0)
    return mean_loss(H @ W2 + b2, y), [X.T @ D1, D1.sum(axis=0), grad_W2, D.sum(axis=0)]
