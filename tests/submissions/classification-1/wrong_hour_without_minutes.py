# Forgets the minutes.
# loses: features-test
# %% features
def features(table):
    X = table[["Temperature", "Humidity", "Light", "CO2", "HumidityRatio"]].copy()
    X["Hour"] = pd.to_datetime(table["Date"]).dt.hour
    return X
