# attack: abs, isinstance and list are replaced in builtins.
# target: trimmed-test root-test
# also loses: all
# %% trimmed
import builtins


def trimmed_mean(values, share):
    if share == 0.5:
        raise ValueError
    return 0.0


real_abs = abs
builtins.abs = lambda value: 0.0
builtins.all = builtins.any = lambda values: True
