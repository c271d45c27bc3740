# attack: a function floods the output while a test calls it.
# target: trimmed-test
# also loses: all
# destructive
# bomb
# %% trimmed
def trimmed_mean(values, share):
    while True:
        print("all is right " * 1000)
