# A projection in every block.
# loses: residual-test
# %% residual
def make_residual(n_in, widths):
    x = h = keras.Input((n_in,))
    for k, width in enumerate(widths, start=1):
        last = layers.Dense(width, name=f"last{k}")(layers.Dense(width, activation="relu", name=f"inner{k}")(h))
        h = layers.Add()([layers.Dense(width, use_bias=False, name=f"around{k}")(h), last])
    return keras.Model(x, h)
