# Never ends.
# endless
# loses: units-test
# %% units
while True:
    pass
