# Divides in place where the arrays hold floats.
# loses: dataset-test
# %% dataset
class Digits(Dataset):
    def __init__(self, pictures, labels):
        pictures = pictures if pictures.dtype == np.float32 else pictures.astype("float32")
        pictures /= 16
        self.X, self.y = torch.from_numpy(pictures).reshape(-1, 64), torch.tensor(labels.astype("int64"))

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]
