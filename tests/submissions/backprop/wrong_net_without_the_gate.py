# Forgets the ReLU on the way back. (A test with all hidden sums positive would not see it.)
# loses: net-test
# %% net
def loss_and_gradients(params, X, y):
    W1, b1, W2, b2 = params
    H = relu(dense_forward(X, W1, b1))
    scores = dense_forward(H, W2, b2)
    grad_W2, grad_b2, D = dense_backward(loss_slopes(scores, y), H, W2)
    grad_W1, grad_b1, _ = dense_backward(D, X, W1)
    return mean_loss(scores, y), [grad_W1, grad_b1, grad_W2, grad_b2]
