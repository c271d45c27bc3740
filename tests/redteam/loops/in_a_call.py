# attack: the tested function never returns.
# target: trimmed-test
# reason: no answer within
# slow
# %% trimmed
def trimmed_mean(values, share):
    while True:
        pass
