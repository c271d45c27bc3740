# The narrower ranges.
# loses: kind-test
# %% band, but
- best_kind = "share"
+ best_kind = "same"
