# The label keeps the type of its array.
# loses: dataset-test
# %% dataset
class Digits(Dataset):
    def __init__(self, pictures, labels):
        self.X, self.y = torch.tensor(pictures.reshape(-1, 64) / 16, dtype=torch.float32), torch.tensor(labels)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]
