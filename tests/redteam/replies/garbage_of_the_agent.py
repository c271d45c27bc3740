# attack: the agent's tables of handles and callbacks are emptied, exchanged and filled with other objects.
# target: trimmed-test root-test
# also loses: all
# %% trimmed
import sys


def trimmed_mean(values, share):
    for name, module in list(sys.modules.items()):
        if name.startswith("autograder.examiner"):
            for value in list(vars(module).values()):
                for table in [value, *vars(value).values()] if hasattr(value, "__dict__") else [value]:
                    if type(table) is dict and not any(isinstance(key, str) and key.startswith("__") for key in table):
                        for key in list(table):
                            table[key] = get_ipython()
                    if type(table) is list:
                        table.clear()
    return 0.0


# %% root
def root(f, low, high):
    return low
