# attack: the function that a test calls displays the full points as if they were the test's result.
# target: ripe-test
# plain nbgrader: full marks
# %% ripe
def is_ripe(colour, firmness):
    get_ipython().displayhook(3.0)
    return None
