# Classes: a converter, a walker with a state, a network of named blocks, a running mean, a mode that is put back by a context manager.
# loses: nothing
# %% tensors
class Converter:
    largest = 16

    def picture(self, pixels):
        return torch.from_numpy(np.divide(pixels, self.largest).astype(np.float32).reshape(-1))

    def __call__(self, pictures, labels):
        return torch.stack([self.picture(one) for one in pictures]), torch.from_numpy(np.array(labels, dtype=np.int64))


def to_tensors(pictures, labels):
    return Converter()(pictures, labels)

# %% descend
class Walker:
    def __init__(self, w):
        self.w = torch.from_numpy(np.array(w, dtype="float32")).requires_grad_()
        self.path = [self.here()]

    def here(self):
        return np.array(self.w.tolist())

    def step(self, f, lr):
        f(self.w).backward()
        self.w.data.sub_(self.w.grad, alpha=lr)
        self.path.append(self.here())


def descend(f, w, lr, n_steps, empty=True):
    walker = Walker(w)
    for _ in range(n_steps):
        if empty and walker.w.grad is not None:
            walker.w.grad.zero_()
        walker.step(f, lr)
    return np.vstack(walker.path)

# %% net
class Block(nn.Module):
    def __init__(self, n_in, n_out, p):
        super().__init__()
        self.linear, self.drop = nn.Linear(n_in, n_out), nn.Dropout(p)

    def forward(self, X):
        return self.drop(self.linear(X)).clamp(min=0)


class MLP(nn.Module):
    def __init__(self, widths, p):
        super().__init__()
        self.out = nn.Linear(widths[-1] if widths else 64, 10)
        self.names = []
        for k, (n_in, n_out) in enumerate(zip([64] + widths, widths)):
            self.add_module(f"block{k}", Block(n_in, n_out, p))
            self.names.append(f"block{k}")

    def forward(self, X):
        for name in self.names:
            X = getattr(self, name)(X)
        return self.out(X)


def make_net(seed, widths, p):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return MLP(list(widths), p)

# %% dataset
class Digits(Dataset):
    def __init__(self, pictures, labels):
        super().__init__()
        self.pairs = list(zip(np.asarray(pictures, dtype=np.float32).reshape(-1, 64) / np.float32(16), np.asarray(labels).astype(np.int64)))

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        x, y = self.pairs[i]
        return torch.tensor(x), y

# %% loaders
class Loaders:
    def __init__(self, batch_size):
        self.settings = {"batch_size": batch_size}
        self.generator = torch.Generator().manual_seed(0)

    def train(self, data):
        return DataLoader(data, shuffle=True, generator=self.generator, **self.settings)

    def new(self, data):
        return DataLoader(data, **self.settings)


def make_loaders(train_set, new_set, batch_size):
    make = Loaders(batch_size)
    return make.train(train_set), make.new(new_set)

# %% epoch
class Mean:
    def __init__(self):
        self.value, self.n = 0.0, 0

    def add(self, value, n):
        self.n += n
        self.value += (value - self.value) * n / self.n


def train_epoch(model, loader, loss, optimizer):
    mean = Mean()
    for X, y in loader:
        model.train()
        optimizer.zero_grad(set_to_none=False)
        value = loss(model(X), y)
        value.backward()
        optimizer.step()
        mean.add(float(value.detach()), y.shape[0])
    return np.float64(mean.value)

# %% evaluate
import contextlib


@contextlib.contextmanager
def evaluating(model):
    mode = model.training
    try:
        with torch.no_grad():
            yield model.eval()
    finally:
        model.train(mode)


def evaluate(model, loader, loss):
    sums, n = np.zeros(2), 0
    with evaluating(model):
        for X, y in loader:
            scores = model(X)
            sums += [loss(scores, y).item() * len(y), np.sum(scores.numpy().argmax(axis=1) == y.numpy())]
            n += len(y)
    return sums / n

# %% numpy
class Chain:
    def __init__(self, params):
        self.layers = [params[k : k + 2] for k in range(0, len(params), 2)]

    def __call__(self, X):
        for k, (W, b) in enumerate(self.layers, start=1):
            X = np.dot(X, W) + b
            X = X if k == len(self.layers) else X * (X > 0)
        return X


def to_numpy(model):
    linear = [part for part in model.modules() if isinstance(part, nn.Linear)]
    return [array for part in linear for array in (part.weight.data.numpy().T.astype("float64"), part.bias.data.numpy().astype("float64"))]


def forward(params, X):
    return Chain(params)(X)

# %% compare
class Experiment:
    def __init__(self, fit, X_fit, y_fit, X_new, y_new):
        self.fit, self.rows = fit, [(X_fit, y_fit), (X_new, y_new)]

    def losses(self, p, seed):
        net = self.fit(p, seed, *self.rows[0])
        net.eval()
        with torch.no_grad():
            return [nn.functional.cross_entropy(net(X), y) for X, y in self.rows]


def compare(fit, ps, seeds, X_fit, y_fit, X_new, y_new):
    experiment = Experiment(fit, X_fit, y_fit, X_new, y_new)
    return torch.tensor([[experiment.losses(p, seed) for seed in seeds] for p in ps])


import pandas as pd

table = pd.DataFrame(compare(fit, PS, SEEDS, X_fit, y_fit, X_val, y_val).mean(dim=1).numpy(), index=PS, columns=["training", "validation"])
best_p = table["validation"].idxmin()
