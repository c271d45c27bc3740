# attack: replies of gigabytes: text, lists, bytes, dictionaries.
# target: trimmed-test heaviest-test record-test
# destructive
# %% trimmed
def trimmed_mean(values, share):
    return [0.0] * 50_000_000


# %% heaviest
heaviest = "tree-008" * 50_000_000


# %% record
def as_json(table):
    return "[" * 300_000_000
