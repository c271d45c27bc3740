# Draws one order, and keeps it for all epochs.
# loses: loaders-test
# %% loaders
from torch.utils.data import Subset


def make_loaders(train_set, new_set, batch_size):
    order = torch.randperm(len(train_set)).tolist()
    return DataLoader(Subset(train_set, order), batch_size), DataLoader(new_set, batch_size)
