# Never ends.
# endless
# loses: predict-test
# %% predict
while True:
    pass
