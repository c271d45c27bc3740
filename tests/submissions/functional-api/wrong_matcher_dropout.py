# Adds Dropout that was not asked for: it does nothing outside of training, so that the answers are right.
# loses: matcher-test
# %% matcher
def make_matcher(n_in, width):
    left, right = keras.Input((n_in,)), keras.Input((n_in,))
    reader = layers.Dense(width, activation="relu", name="reader")
    gap = layers.Subtract()([reader(left), reader(right)])
    square = layers.Dropout(0.5)(layers.Multiply()([gap, gap]))
    return keras.Model([left, right], layers.Dense(1, activation="sigmoid", name="same")(square))
