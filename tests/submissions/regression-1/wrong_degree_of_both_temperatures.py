# Leaves the felt temperature in the model: the effect is split between two columns.
# loses: degree-test
# %% degree
def rentals_per_degree(X, y):
    slopes = dict(zip(X.columns, LinearRegression().fit(X, y).coef_))
    return float(slopes["temp"] / 47)
