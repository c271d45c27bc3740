# attack: the tested function leaves with SystemExit(0), as if all were done.
# target: trimmed-test
# %% trimmed
def trimmed_mean(values, share):
    raise SystemExit(0)
