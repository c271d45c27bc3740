# Written for the visible tests' shapes: three rows and four units, then two hidden units and three classes.
# loses: forward-test, net-test
# %% forward
def dense_forward(X, W, b):
    Z = np.zeros((3, 4))
    for i in range(3):
        for k in range(4):
            Z[i, k] = X[i] @ W[:, k] + b[k]
    return Z

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
