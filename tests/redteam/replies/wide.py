# attack: small to send, large to look at: a list that holds the same list a hundred times, seven levels deep.
# target: trimmed-test
# destructive
# slow
# %% trimmed
def trimmed_mean(values, share):
    nest = [0.0] * 100
    for _ in range(7):
        nest = [nest] * 100
    return nest
