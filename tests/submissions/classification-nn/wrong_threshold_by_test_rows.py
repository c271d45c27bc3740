# The test rows choose the threshold.
# loses: threshold-test
# %% threshold
def best_threshold(y, p, thresholds, cost_missed, cost_false):
    costs = {t: cost_missed * np.sum((y == 1) & (p < t)) + cost_false * np.sum((y == 0) & (p >= t)) for t in sorted(thresholds)}
    return min(costs, key=costs.get)


threshold = best_threshold(y_test, p_test, candidates, 5, 1)
