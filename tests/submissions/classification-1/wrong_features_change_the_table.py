# Adds the column to the table that it was given.
# loses: features-test
# %% features
def features(table):
    time = pd.to_datetime(table["Date"])
    table["Hour"] = time.dt.hour + time.dt.minute / 60
    return table[["Temperature", "Humidity", "Light", "CO2", "HumidityRatio", "Hour"]]
