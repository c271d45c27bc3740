# Right numbers, but the arrays of the caller are centred in place.
# loses: baselines-test
# %% baselines
def to_bikes(mse, counts):
    return float(np.sqrt(mse) * np.std(counts, ddof=1))


def baselines(X_fit, counts_fit, X_new, counts_new):
    centre = X_fit.mean(axis=0)
    X_fit -= centre
    X_new -= centre
    predictions = {"mean": counts_fit.mean(), "linear": LinearRegression().fit(X_fit, counts_fit).predict(X_new)}
    return {name: float(np.sqrt(np.mean((counts_new - y_pred) ** 2))) for name, y_pred in predictions.items()}
