# attack: a loop without end.
# target: heaviest-test
# reason: seconds
# slow
# %% heaviest
heaviest = "tree-000"
while True:
    pass
