# attack: lists in lists in lists, a list that holds itself, a dictionary that holds itself.
# target: trimmed-test heaviest-test record-test ripe-test
# destructive
# %% trimmed
def trimmed_mean(values, share):
    nest = []
    for _ in range(1_000_000):
        nest = [nest]
    return nest


# %% heaviest
heaviest = []
heaviest.append(heaviest)


# %% record
def as_json(table):
    return "[" * 100_000 + "]" * 100_000


# %% ripe
def is_ripe(colour, firmness):
    circle = {}
    circle["self"] = (circle, [circle])
    return circle
