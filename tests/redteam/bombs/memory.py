# attack: memory is taken and touched until there is none.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
heaviest = "tree-000"
taken = []
while True:
    taken.append(np.ones(2**24))
