# Plain loops, pixel by pixel and row by row; an autograd without optimizer; a class that builds its layers in a ModuleList.
# loses: nothing
# %% tensors
def to_tensors(pictures, labels):
    X = torch.zeros(len(pictures), 64)
    y = []
    for i in range(len(pictures)):
        for row in range(8):
            for column in range(8):
                X[i, 8 * row + column] = float(pictures[i][row][column]) / 16
        y.append(int(labels[i]))
    return [X, torch.tensor(y)]

# %% descend
def descend(f, w, lr, n_steps, empty=True):
    point = [float(number) for number in w]
    total = [0.0] * len(point)
    path = [list(point)]
    for _ in range(n_steps):
        tensor = torch.tensor(point, requires_grad=True)
        (slopes,) = torch.autograd.grad(f(tensor).sum(), tensor)
        for k in range(len(point)):
            total[k] = slopes[k].item() + (0 if empty else total[k])
            point[k] -= lr * total[k]
        path.append(list(point))
    return path

# %% net
class Net(nn.Module):
    def __init__(self, widths, p):
        super().__init__()
        self.layers = nn.ModuleList()
        n_in = 64
        for width in list(widths) + [10]:
            self.layers.append(nn.Linear(n_in, width))
            n_in = width
        self.p = p

    def forward(self, X):
        for k in range(len(self.layers)):
            X = self.layers[k](X)
            if k < len(self.layers) - 1:
                X = torch.relu(X)
                X = nn.functional.dropout(X, self.p, training=self.training)
        return X


def make_net(seed, widths, p):
    torch.manual_seed(seed)
    return Net(widths, p)

# %% dataset
class Digits(Dataset):
    def __init__(self, pictures, labels):
        self.rows = []
        for picture, label in zip(pictures, labels):
            pixels = []
            for row in picture:
                for pixel in row:
                    pixels.append(float(pixel) / 16)
            self.rows.append((torch.tensor(pixels), torch.tensor(int(label))))

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        return self.rows[i]

# %% loaders
def make_loaders(train_set, new_set, batch_size):
    loaders = []
    for data, shuffle in [(train_set, True), (new_set, False)]:
        loaders.append(DataLoader(dataset=data, batch_size=batch_size, shuffle=shuffle, drop_last=False))
    return loaders

# %% epoch
def train_epoch(model, loader, loss, optimizer):
    model.train()
    losses = []
    for batch in loader:
        X, y = batch
        scores = model(X)
        value = loss(scores, y)
        value.backward()
        optimizer.step()
        optimizer.zero_grad()
        for _ in range(len(X)):
            losses.append(value.item())
    return sum(losses) / len(losses)

# %% evaluate
def evaluate(model, loader, loss):
    mode = model.training
    model.eval()
    total = 0
    right = 0
    n = 0
    for X, y in loader:
        with torch.no_grad():
            scores = model(X)
            total += float(loss(scores, y)) * len(X)
        for row, label in zip(scores.tolist(), y.tolist()):
            if row.index(max(row)) == label:
                right += 1
            n += 1
    if mode:
        model.train()
    return [total / n, right / n]

# %% numpy
def to_numpy(model):
    params = []
    for layer in model:
        if isinstance(layer, nn.Linear):
            params.append(np.array(layer.weight.tolist()).T)
            params.append(np.array(layer.bias.tolist()))
    return params


def forward(params, X):
    scores = []
    for row in X:
        h = np.array(row, dtype=float)
        for k in range(0, len(params), 2):
            h = h @ params[k] + params[k + 1]
            if k + 2 < len(params):
                h = np.where(h > 0, h, 0)
        scores.append(h.tolist())
    return scores

# %% compare
def compare(fit, ps, seeds, X_fit, y_fit, X_new, y_new):
    rows = []
    for p in ps:
        runs = []
        for seed in seeds:
            net = fit(p, seed, X_fit, y_fit).eval()
            runs.append([loss_of(net, X_fit, y_fit), loss_of(net, X_new, y_new)])
        rows.append(runs)
    return rows


table = []
for runs in compare(fit, PS, SEEDS, X_fit, y_fit, X_val, y_val):
    table.append([sum(run[0] for run in runs) / len(runs), sum(run[1] for run in runs) / len(runs)])
best_p = None
for p, row in zip(PS, table):
    if best_p is None or row[1] < table[PS.index(best_p)][1]:
        best_p = p
