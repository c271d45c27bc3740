# Answers with the majority, without a look at the sensors.
# loses: predict-test
# %% predict
def predict_occupancy(table):
    return np.zeros(len(table), dtype=int)
