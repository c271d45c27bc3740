# Never ends.
# loses: units-test
# %% units
while True:
    pass
