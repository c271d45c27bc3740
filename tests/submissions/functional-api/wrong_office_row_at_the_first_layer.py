# Joins the row and the picture before the first layer.
# loses: office-test
# %% office
def make_office(n_row, delay_weight):
    picture, row = keras.Input((64,)), keras.Input((n_row,))
    seen = layers.Dense(24, activation="relu", name="seen")(layers.Concatenate()([picture, row]))
    joint = layers.Dense(16, activation="relu", name="joint")(seen)
    net = keras.Model([picture, row], {"zone": layers.Dense(10, activation="softmax", name="zone")(joint), "delay": layers.Dense(1, name="delay")(joint)})
    net.compile("adam", loss={"zone": "sparse_categorical_crossentropy", "delay": "mse"}, loss_weights={"zone": 1.0, "delay": delay_weight})
    return net
