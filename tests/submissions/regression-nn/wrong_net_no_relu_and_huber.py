# The hidden layers have no activation; the Huber loss aims at something between mean and median.
# loses: net-layers-test, net-compile-test
# %% net
def make_net(n_features, widths, lr):
    made = keras.Sequential([keras.Input((n_features,))])
    for width in widths:
        made.add(keras.layers.Dense(width))
    made.add(keras.layers.Dense(1))
    made.compile(optimizer=keras.optimizers.Adam(lr), loss="huber")
    return made
