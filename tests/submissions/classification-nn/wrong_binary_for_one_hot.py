# Binary cross-entropy for rows with a single 1.
# loses: losses-test
# %% losses
objectives = {
    "room": keras.losses.BinaryCrossentropy(),
    "score": keras.losses.BinaryCrossentropy(from_logits=True),
    "floor": keras.losses.SparseCategoricalCrossentropy(),
    "one-hot": keras.losses.BinaryCrossentropy(),
}
