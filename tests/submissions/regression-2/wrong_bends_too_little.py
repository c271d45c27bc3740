# Small values of C only: no setting bends far enough to learn noise.
# loses: kernels-test
# %% svr-settings
svr_settings = [("linear", 0.1), ("linear", 1), ("poly", 0.1), ("rbf", 0.1), ("rbf", 1)]
svr_choice = ("linear", 1)
