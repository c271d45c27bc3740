# The narrower ranges.
# loses: kind-test
# %% band
def band(y_old, p_old, p_new, level, kind):
    misses = np.abs(y_old - p_old)
    half = np.full(len(p_new), np.quantile(misses, level)) if kind == "same" else np.quantile(misses / p_old, level) * p_new
    return np.maximum(p_new - half, 0), p_new + half


covered = {}
for kind in ("same", "share"):
    low, high = band(y_val, p_val, p_val, 0.9, kind)
    covered[kind] = ((low <= y_val) & (y_val <= high))[p_val > 400].mean()
best_kind = "same"
