# Each input has a reader of its own.
# loses: matcher-test
# %% matcher
def make_matcher(n_in, width):
    left, right = keras.Input((n_in,)), keras.Input((n_in,))
    read_left = layers.Dense(width, activation="relu", name="reader")(left)
    read_right = layers.Dense(width, activation="relu", name="reader2")(right)
    gap = layers.Subtract()([read_left, read_right])
    return keras.Model([left, right], layers.Dense(1, activation="sigmoid", name="same")(layers.Multiply()([gap, gap])))
