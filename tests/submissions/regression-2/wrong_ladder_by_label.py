# Subtracts series by their labels.
# loses: ladder-test
# %% ladder
def above_floor(y_true, predictions, y_floor):
    def size(guess):
        return float(np.sqrt(np.mean((y_true - guess) ** 2)))

    return {name: size(guess) - size(y_floor) for name, guess in predictions.items()}
