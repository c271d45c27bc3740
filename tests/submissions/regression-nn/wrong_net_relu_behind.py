# A ReLU behind the last layer, since counts are never negative.
# loses: net-layers-test
# %% net
def make_net(n_features, widths, lr):
    made = keras.Sequential([keras.Input((n_features,))])
    for width in widths:
        made.add(keras.layers.Dense(width, activation="relu"))
    made.add(keras.layers.Dense(1, activation="relu"))
    made.compile(optimizer=keras.optimizers.Adam(lr), loss="mse")
    return made
