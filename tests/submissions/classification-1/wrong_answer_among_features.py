# Leakage: the answer is one of the features. In use there is no such column, so the predictions fail as well.
# loses: features-test, predict-test
# %% features
def features(table):
    X = table.drop(columns="Date")
    time = pd.to_datetime(table["Date"])
    X["Hour"] = time.dt.hour + time.dt.minute / 60
    return X[["Temperature", "Humidity", "Light", "CO2", "HumidityRatio", "Hour", "Occupancy"]]
