# attack: the tested function raises KeyboardInterrupt, like a grader that gives up on a cell.
# target: trimmed-test
# %% trimmed
def trimmed_mean(values, share):
    raise KeyboardInterrupt
