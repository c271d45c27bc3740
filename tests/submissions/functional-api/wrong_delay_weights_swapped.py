# Swaps the weights of the two losses.
# loses: office-losses-test
# %% office
def make_office(n_row, delay_weight):
    picture, row = keras.Input((64,)), keras.Input((n_row,))
    seen = layers.Dense(24, activation="relu", name="seen")(picture)
    joint = layers.Dense(16, activation="relu", name="joint")(layers.Concatenate()([seen, row]))
    net = keras.Model([picture, row], {"zone": layers.Dense(10, activation="softmax", name="zone")(joint), "delay": layers.Dense(1, name="delay")(joint)})
    net.compile("adam", loss={"zone": "sparse_categorical_crossentropy", "delay": "mse"}, loss_weights={"zone": delay_weight, "delay": 1.0})
    return net
