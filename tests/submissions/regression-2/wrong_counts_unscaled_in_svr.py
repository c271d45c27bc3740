# Standardises the inputs and leaves the target in bikes: C is far too small then.
# loses: kernels-test
# %% kernels
def fit_svr(X, y, kernel, C):
    return make_pipeline(StandardScaler(), SVR(kernel=kernel, C=C)).fit(X, y)
