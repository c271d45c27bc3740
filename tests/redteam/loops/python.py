# attack: a loop without end.
# target: heaviest-test
# reason: time
# slow
# %% heaviest
heaviest = "tree-000"
while True:
    pass
