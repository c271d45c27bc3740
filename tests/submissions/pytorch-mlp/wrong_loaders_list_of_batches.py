# A list of the batches, made once, in place of the loader for the new rows.
# loses: loaders-test
# %% loaders
def make_loaders(train_set, new_set, batch_size):
    return DataLoader(train_set, batch_size, shuffle=True), list(DataLoader(new_set, batch_size))
