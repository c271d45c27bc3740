# Other weights at each call.
# loses: build-test
# %% build
def build(n_inputs, n_units, depth, initializer, seed):
    hidden = [keras.layers.Dense(n_units, activation="relu", kernel_initializer=initializer) for _ in range(depth)]
    return keras.Sequential([keras.Input((n_inputs,)), *hidden, keras.layers.Dense(1, kernel_initializer="lecun_normal")])
