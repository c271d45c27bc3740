# A sigmoid in the last layer, and a loss that is told to apply it again.
# loses: net-compile-test
# %% net
def make_net(X, width, lr):
    scaler = keras.layers.Normalization()
    scaler.adapt(X)
    made = keras.Sequential([
        keras.Input((X.shape[1],)),
        scaler,
        keras.layers.Dense(width, activation="relu", name="hidden"),
        keras.layers.Dense(1, activation="sigmoid", name="occupied"),
    ])
    made.compile(optimizer=keras.optimizers.Adam(lr), loss=keras.losses.BinaryCrossentropy(from_logits=True))
    return made
