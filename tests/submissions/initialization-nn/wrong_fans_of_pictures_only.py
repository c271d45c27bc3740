# Right for the two shapes of the visible tests; a filter along a line is not thought of.
# loses: rules-test
# %% rules
def fans(shape):
    if len(shape) == 4:
        return shape[0] * shape[1] * shape[2], shape[0] * shape[1] * shape[3]
    return shape[0], shape[1]


def variance(rule, n_in, n_out):
    return {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}[rule]
