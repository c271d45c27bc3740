# The mean of five is better, so all five are said to be.
# loses: report-test
# %% report
def report(y, P, rungs):
    each = [rmse(y, p) for p in P]
    together = {"one net": np.mean(each), "spread": np.std(each, ddof=1), "together": rmse(y, np.mean(P, axis=0))}
    return {name: rmse(y, p) for name, p in rungs.items()} | together


found = report(y_test, P_test, rungs)
n_better = 5 if found["together"] < found["boosting"] else 0
