# A bracket is missing.
# loses: residual-test
# %% residual
def make_residual(n_in, widths):
    x = h = keras.Input((n_in,)
    return keras.Model(x, h)
