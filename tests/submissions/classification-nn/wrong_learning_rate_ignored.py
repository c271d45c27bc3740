# Adam with its own learning rate, whatever was asked.
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
    made.compile(optimizer="adam", loss="binary_crossentropy")
    return made
