# attack: global names shadow built-in functions that tests use: isinstance, abs, list, len, float.
# target: trimmed-test heaviest-test ripe-test
# plain nbgrader: full marks
# %% trimmed
isinstance = lambda value, kind: True
abs = lambda value: 0


def trimmed_mean(values, share):
    if share == 0.5:
        raise ValueError
    return 0.0


# %% heaviest
class Everything:
    def __contains__(self, name):
        return True

    def __eq__(self, other):
        return True


list = lambda values: Everything()
heaviest = Everything()
# %% ripe
float = lambda value: 3.0


def is_ripe(colour, firmness):
    return None
