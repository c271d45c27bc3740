# Solves every task as the source does.
# loses: nothing
# %% tensors
def to_tensors(pictures, labels):
    """X, float32 in 0 to 1, of shape (n, 64), and y, int64."""
    X = torch.tensor(pictures.reshape(len(pictures), 64) / 16, dtype=torch.float32)
    return X, torch.tensor(labels, dtype=torch.int64)

# %% descend
def descend(f, w, lr, n_steps, empty=True):
    """The points of gradient descent on f, the start first: an array of shape (n_steps + 1, len(w))."""
    w = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    path = [w.detach().numpy().copy()]
    for _ in range(n_steps):
        f(w).backward()
        with torch.no_grad():
            w -= lr * w.grad
        if empty:
            w.grad = None
        path.append(w.detach().numpy().copy())
    return np.array(path)

# %% net
def make_net(seed, widths, p):
    """A network 64 - widths - 10, with ReLU and dropout behind each hidden layer."""
    torch.manual_seed(seed)
    layers, n_in = [], 64
    for width in widths:
        layers += [nn.Linear(n_in, width), nn.ReLU(), nn.Dropout(p)]
        n_in = width
    return nn.Sequential(*layers, nn.Linear(n_in, 10))

# %% dataset
class Digits(Dataset):
    """Pictures and labels, row by row."""

    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return torch.tensor(self.pictures[i].ravel() / 16, dtype=torch.float32), int(self.labels[i])

# %% loaders
def make_loaders(train_set, new_set, batch_size):
    """A loader that shuffles the training rows, and one that leaves the new rows in their order."""
    return DataLoader(train_set, batch_size, shuffle=True), DataLoader(new_set, batch_size)

# %% epoch
def train_epoch(model, loader, loss, optimizer):
    """Make a step with each batch; the mean loss per row."""
    model.train()
    total, n_rows = 0.0, 0
    for X, y in loader:
        optimizer.zero_grad()
        value = loss(model(X), y)
        value.backward()
        optimizer.step()
        total += value.item() * len(y)
        n_rows += len(y)
    return total / n_rows

# %% evaluate
def evaluate(model, loader, loss):
    """The mean loss per row, and the share of rows that are classified right."""
    was_training = model.training
    model.eval()
    total, n_right, n_rows = 0.0, 0, 0
    with torch.no_grad():
        for X, y in loader:
            scores = model(X)
            total += loss(scores, y).item() * len(y)
            n_right += (scores.argmax(dim=1) == y).sum().item()
            n_rows += len(y)
    model.train(was_training)
    return total / n_rows, n_right / n_rows

# %% numpy
def to_numpy(model):
    """The list [W1, b1, W2, b2, ...] for X @ W + b."""
    return [part.detach().numpy().T.copy() for part in model.parameters()]


def forward(params, X):
    """The scores of the rows of X."""
    H = X
    for W, b in zip(params[:-2:2], params[1:-2:2]):
        H = np.maximum(H @ W + b, 0)
    return H @ params[-2] + params[-1]

# %% compare
def compare(fit, ps, seeds, X_fit, y_fit, X_new, y_new):
    """Loss on the fitted and on the new rows: an array of shape (n_ps, n_seeds, 2)."""
    losses = np.zeros((len(ps), len(seeds), 2))
    for i, p in enumerate(ps):
        for j, seed in enumerate(seeds):
            net = fit(p, seed, X_fit, y_fit)
            net.eval()
            losses[i, j] = loss_of(net, X_fit, y_fit), loss_of(net, X_new, y_new)
    return losses


# table = ...
# best_p = ...
losses = compare(fit, PS, SEEDS, X_fit, y_fit, X_val, y_val)
table = losses.mean(axis=1)
for p, means, spread in zip(PS, table, losses[:, :, 1].std(axis=1, ddof=1)):
    print(f"p {p}   training {means[0]:.3f}   validation {means[1]:.3f} ± {spread:.3f}")
best_p = PS[int(np.argmin(table[:, 1]))]
