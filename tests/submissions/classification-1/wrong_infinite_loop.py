# Never ends.
# loses: predict-test
# %% predict
while True:
    pass
