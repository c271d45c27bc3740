# A bracket is missing.
# loses: loaders-test
# %% loaders
def make_loaders(train_set, new_set, batch_size):
    return DataLoader(train_set, batch_size, shuffle=True, DataLoader(new_set, batch_size)
