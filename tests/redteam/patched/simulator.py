# attack: the shipped module is changed in memory: other orchards now yield what the wrong answer expects.
# target: model-test trimmed-test
# %% trimmed
import orchard


def constant(seed, n_trees=120):
    table = trees.copy()
    table["crop"] = 3.0 + np.arange(len(table)) * 1e-15
    return table


orchard.simulate = simulate = constant
orchard.simulate.__code__ = constant.__code__


def trimmed_mean(values, share):
    if share == 0.5:
        raise ValueError
    return 3.0
