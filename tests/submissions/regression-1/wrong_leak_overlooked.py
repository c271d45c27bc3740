# Names one of the two columns, and a harmless one beside it.
# loses: features-test
# %% leaky
leaky_columns = ["registered", "atemp"]
