# A bracket is missing: the cell does not run.
# loses: coefficients-test
# %% coefficients
def standardised_coefficients(X, y):
    Z = (X - X.mean()) / X.std(
    return dict(zip(X.columns, LinearRegression().fit(Z, y).coef_))
