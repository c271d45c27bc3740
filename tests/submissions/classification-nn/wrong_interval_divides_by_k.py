# The standard deviation with ddof=0.
# loses: report-test
# %% report
def block_interval(values, block):
    values = np.asarray(values, dtype=float)
    k = len(values) // block
    means = values[: k * block].reshape(k, block).mean(axis=1)
    half = 1.96 * means.std(ddof=0) / np.sqrt(k)
    return means.mean(), means.mean() - half, means.mean() + half


net_right = ((p_test >= 0.5) == y_test).astype(float)
others = {"majority": y_test == 0, "logistic regression": (p_logistic >= 0.5) == y_test}
gains = {name: block_interval(net_right - right, 15) for name, right in others.items()}
verdicts = {name: "better" if low > 0 else "worse" if high < 0 else "undecided" for name, (_, low, high) in gains.items()}
