# Takes the first of several thresholds as the list has them.
# loses: threshold-test
# %% threshold
def best_threshold(y, p, thresholds, cost_missed, cost_false):
    costs = {t: cost_missed * np.sum((y == 1) & (p < t)) + cost_false * np.sum((y == 0) & (p >= t)) for t in thresholds}
    return min(costs, key=costs.get)


threshold = best_threshold(y_val, p_val, candidates, 5, 1)
