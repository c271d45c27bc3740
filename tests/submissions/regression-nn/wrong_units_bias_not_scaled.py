# The bias of the last layer is not multiplied by the spread.
# loses: units-test
# %% units
def in_bikes(weights, mean, spread):
    *before, W, b = weights
    return [*before, W * spread, b + mean]
