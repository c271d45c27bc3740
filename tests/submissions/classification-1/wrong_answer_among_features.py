# Leakage: the answer is one of the features.
# loses: features-test
# %% features
def features(table):
    X = table.drop(columns="Date")
    time = pd.to_datetime(table["Date"])
    X["Hour"] = time.dt.hour + time.dt.minute / 60
    return X[["Temperature", "Humidity", "Light", "CO2", "HumidityRatio", "Hour", "Occupancy"]]
