# r2_score with the prediction first.
# loses: report-test
# %% report
def report(y_true, predictions):
    return {
        name: {
            "rmse": float(root_mean_squared_error(y_true, y_pred)),
            "mae": float(mean_absolute_error(y_true, y_pred)),
            "r2": float(r2_score(y_pred, y_true)),
        }
        for name, y_pred in predictions.items()
    }
