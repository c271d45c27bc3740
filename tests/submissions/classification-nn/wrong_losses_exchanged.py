# Sparse and one-hot exchanged.
# loses: losses-test
# %% losses
objectives = {
    "room": "binary_crossentropy",
    "score": keras.losses.BinaryCrossentropy(from_logits=True),
    "floor": "categorical_crossentropy",
    "one-hot": "sparse_categorical_crossentropy",
}
