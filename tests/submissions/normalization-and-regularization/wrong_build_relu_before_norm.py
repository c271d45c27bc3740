# Normalises what the ReLU has put out.
# loses: build-test
# %% build
def build(n_inputs, n_units, rate, lam, momentum):
    """A compiled network: dense, batch normalisation, ReLU, dropout, dense."""
    price = keras.regularizers.L2(lam / 2)
    net = keras.Sequential([
        keras.Input((n_inputs,)),
        keras.layers.Dense(n_units, use_bias=False, kernel_regularizer=price),
        keras.layers.ReLU(),
        keras.layers.BatchNormalization(momentum=momentum),
        keras.layers.Dropout(rate),
        keras.layers.Dense(10, activation="softmax", kernel_regularizer=price),
    ])
    net.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return net
