# Reports the rows that have chosen.
# loses: report-test
# %% report
def block_interval(values, block):
    values = np.asarray(values, dtype=float)
    k = len(values) // block
    means = values[: k * block].reshape(k, block).mean(axis=1)
    half = 1.96 * means.std(ddof=1) / np.sqrt(k)
    return means.mean(), means.mean() - half, means.mean() + half


net_right = ((p_val >= 0.5) == y_val).astype(float)
others = {"majority": y_val == 0, "logistic regression": (logistic.predict_proba(X_val.astype(float))[:, 1] >= 0.5) == y_val}
gains = {name: block_interval(net_right - right, 15) for name, right in others.items()}
verdicts = {name: "better" if low > 0 else "worse" if high < 0 else "undecided" for name, (_, low, high) in gains.items()}
