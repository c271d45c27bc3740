# Names one of the two columns, and a harmless one beside it.
# loses: leaky-test
# %% leaky
leaky_columns = ["registered", "atemp"]
