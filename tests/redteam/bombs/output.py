# attack: text is printed without end.
# target: heaviest-test
# also loses: all
# reason: printed
# destructive
# bomb
# %% heaviest
heaviest = "tree-000"
while True:
    print("all is right " * 1000)
