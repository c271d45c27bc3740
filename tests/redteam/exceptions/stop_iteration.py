# attack: the tested function raises GeneratorExit and StopIteration to end loops of whoever calls it.
# target: ripe-test root-test
# %% ripe
def is_ripe(colour, firmness):
    raise StopIteration(3.0)


# %% root
def root(f, low, high):
    raise GeneratorExit
