# The trap: one object with a seed gives each layer the same numbers.
# loses: build-test
# %% build
def build(n_inputs, n_units, depth, initializer, seed):
    drawn = keras.initializers.get(initializer)
    if "seed" in drawn.get_config():
        drawn = type(drawn).from_config({**drawn.get_config(), "seed": seed})
    hidden = [keras.layers.Dense(n_units, activation="relu", kernel_initializer=drawn) for _ in range(depth)]
    return keras.Sequential([keras.Input((n_inputs,)), *hidden, keras.layers.Dense(1, kernel_initializer=keras.initializers.LecunNormal(seed))])
