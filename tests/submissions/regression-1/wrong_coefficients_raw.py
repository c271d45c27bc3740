# Forgets to standardise: coefficients per unit of the column.
# loses: coefficients-test
# %% coefficients
def standardised_coefficients(X, y):
    return dict(zip(X.columns, LinearRegression().fit(X, y).coef_.tolist()))
