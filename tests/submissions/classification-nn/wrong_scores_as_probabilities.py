# Nobody tells the loss that it gets scores.
# loses: losses-test
# %% losses
objectives = {
    "room": "binary_crossentropy",
    "score": "binary_crossentropy",
    "floor": "sparse_categorical_crossentropy",
    "one-hot": "categorical_crossentropy",
}
