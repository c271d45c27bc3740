# Compact: torch's own functions, tensors as results, momentum 1 in place of gradients that pile up, inference_mode, einsum.
# loses: nothing
# %% tensors
def to_tensors(pictures, labels):
    return torch.as_tensor(pictures).float().flatten(1) / 16, torch.as_tensor(labels).long()

# %% descend
def descend(f, w, lr, n_steps, empty=True):
    point = nn.Parameter(torch.as_tensor(w).float().clone())
    optimizer, path = torch.optim.SGD([point], lr=lr, momentum=0 if empty else 1), [point.detach().clone()]
    for _ in range(n_steps):
        optimizer.zero_grad()
        f(point).backward()
        optimizer.step()
        path.append(point.detach().clone())
    return torch.stack(path)

# %% net
def make_net(seed, widths, p):
    torch.manual_seed(seed)
    sizes = [64, *widths]
    blocks = [nn.Sequential(nn.Linear(a, b), nn.ReLU(), nn.Dropout(p)) for a, b in zip(sizes, sizes[1:])]
    return nn.Sequential(*blocks, nn.Linear(sizes[-1], 10))

# %% dataset
class Digits(TensorDataset):
    def __init__(self, pictures, labels):
        super().__init__(torch.as_tensor(pictures).float().flatten(1) / 16, torch.as_tensor(labels).long())

# %% loaders
from torch.utils.data import RandomSampler


def make_loaders(train_set, new_set, batch_size):
    return DataLoader(train_set, batch_size, sampler=RandomSampler(train_set)), DataLoader(new_set, batch_size)

# %% epoch
def train_epoch(model, loader, loss, optimizer):
    model.train(True)
    total = torch.zeros(())
    for X, y in loader:
        model.zero_grad()
        value = loss(model(X), y)
        value.backward()
        optimizer.step()
        total += value.detach() * len(X)
    return total / len(loader.dataset)

# %% evaluate
def evaluate(model, loader, loss):
    was, _ = model.training, model.eval()
    with torch.inference_mode():
        parts = [(model(X), y) for X, y in loader]
    model.train(was)
    scores, y = torch.cat([a for a, _ in parts]), torch.cat([b for _, b in parts])
    return loss(scores, y), (scores.argmax(1) == y).float().mean()

# %% numpy
def to_numpy(model):
    return tuple(np.transpose(part.numpy()) for part in model.state_dict().values())


def forward(params, X):
    *hidden, (W, b) = zip(params[::2], params[1::2])
    for V, c in hidden:
        X = np.clip(np.einsum("ij,jk->ik", X, V) + c, 0, None)
    return X @ W + b

# %% compare
def compare(fit, ps, seeds, X_fit, y_fit, X_new, y_new):
    nets = [[fit(p, seed, X_fit, y_fit).eval() for seed in seeds] for p in ps]
    return np.array([[[loss_of(net, X_fit, y_fit), loss_of(net, X_new, y_new)] for net in row] for row in nets], dtype="float32")


table = compare(fit, PS, SEEDS, X_fit, y_fit, X_val, y_val).mean(1)
best_p = np.array(PS)[table[:, 1].argmin()]
