# The RMSE between model and oracle, without the truth.
# loses: ladder-test
# %% ladder
def above_floor(y_true, predictions, y_floor):
    return {name: float(root_mean_squared_error(y_floor, guess)) for name, guess in predictions.items()}
