# Changes what it was given: sets slopes to 0 in place, and moves the old weights. The training, which calls the step, loses nothing.
# loses: relu-test, step-test

# %% relu, but
-     return D * (Z > 0)
+     D[Z <= 0] = 0
+     return D

# %% step
def sgd_step(params, gradients, lr):
    for part, slope in zip(params, gradients):
        part -= lr * slope
    return params
