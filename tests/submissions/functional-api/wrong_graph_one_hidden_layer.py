# Every hidden layer is called with the input, so that only the last one counts.
# loses: graph-test
# %% graph
def make_graph(n_in, widths, n_out):
    x = h = keras.Input((n_in,))
    for place, width in enumerate(widths, start=1):
        h = layers.Dense(width, activation="relu", name=f"hidden{place}")(x)
    return keras.Model(x, layers.Dense(n_out, activation="softmax", name="answer")(h))
