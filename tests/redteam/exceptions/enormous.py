# attack: an exception with a message of 500 MB and a traceback of a thousand frames.
# target: trimmed-test
# destructive
# %% trimmed
def deep(n):
    if n:
        deep(n - 1)
    raise ValueError("x" * 500_000_000)


def trimmed_mean(values, share):
    deep(900)
