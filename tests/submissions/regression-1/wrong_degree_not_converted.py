# Reports the slope per unit of temp, that is per 47 degrees.
# loses: degree-test
# %% degree
def rentals_per_degree(X, y):
    X = X.drop(columns="atemp")
    return float(LinearRegression().fit(X, y).coef_[list(X.columns).index("temp")])
