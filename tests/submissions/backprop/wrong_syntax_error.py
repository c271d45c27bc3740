# A bracket is missing. The network of task 6, which calls this function, loses nothing.
# loses: forward-test
# %% forward
def dense_forward(X, W, b):
    return (X @ W + b
