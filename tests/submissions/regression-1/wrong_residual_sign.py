# Prediction minus count.
# loses: residuals-test
# %% residuals
def residuals_by_hour(table, y_pred):
    residual = np.ravel(y_pred) - table["cnt"].to_numpy()
    return pd.Series(residual).groupby(table["hr"].to_numpy()).mean().reindex(range(24)).to_numpy()
