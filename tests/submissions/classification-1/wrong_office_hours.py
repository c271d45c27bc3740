# Looks at the clock and the calendar only.
# loses: predict-test
# %% predict
def predict_occupancy(table):
    time = pd.to_datetime(table["Date"]).dt
    return ((time.hour >= 8) & (time.hour < 18) & (time.day_of_week < 5)).to_numpy().astype(int)
