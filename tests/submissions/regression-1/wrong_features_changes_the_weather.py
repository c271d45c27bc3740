# Undoes the scaling of the temperatures in the table that it was given, and puts the columns back: same names, other values.
# loses: features-test
# %% features
def features_and_target(table):
    table["temp"] = 47 * table["temp"] - 8
    X = table.drop(columns=["dteday", "casual", "registered", "cnt"])
    X = X.assign(temp=(X["temp"] + 8) / 47)
    return X, table["cnt"]
