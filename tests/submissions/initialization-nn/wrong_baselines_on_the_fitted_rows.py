# Scores the line on the rows that it was fitted to; exact for the visible example.
# loses: baselines-test
# %% baselines
def to_bikes(mse, counts):
    return float(np.sqrt(mse) * np.std(counts, ddof=1))


def baselines(X_fit, counts_fit, X_new, counts_new):
    line = counts_fit - LinearRegression().fit(X_fit, counts_fit).predict(X_fit)
    return {"mean": float(np.sqrt(np.mean((counts_new - np.mean(counts_fit)) ** 2))), "linear": float(np.sqrt(np.mean(line**2)))}
