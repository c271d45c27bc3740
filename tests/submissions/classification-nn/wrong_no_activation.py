# No ReLU: two layers that are no more than one.
# loses: net-layers-test
# %% net
def make_net(X, width, lr):
    scaler = keras.layers.Normalization()
    scaler.adapt(X)
    made = keras.Sequential([
        keras.Input((X.shape[1],)),
        scaler,
        keras.layers.Dense(width, name="hidden"),
        keras.layers.Dense(1, activation="sigmoid", name="occupied"),
    ])
    made.compile(optimizer=keras.optimizers.Adam(lr), loss="binary_crossentropy")
    return made
