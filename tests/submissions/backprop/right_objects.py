# Classes for the layers, as on the page of the book; the functions call them.
# loses: nothing
# %% forward
class Dense:
    def __init__(self, W, b=0):
        self.W, self.b = W, b

    def forward(self, X):
        self.X = X
        return np.dot(X, self.W) + self.b

    def backward(self, D):
        self.grad_W, self.grad_b = np.dot(self.X.T, D), np.sum(D, axis=0)
        return np.dot(D, self.W.T)


def dense_forward(X, W, b):
    return Dense(W, b).forward(X)

# %% backward
def dense_backward(D, X, W):
    layer = Dense(W)
    layer.forward(X)
    D_X = layer.backward(D)
    return [layer.grad_W, layer.grad_b, D_X]

# %% relu
class ReLU:
    def forward(self, Z):
        self.gate = (Z > 0).astype(Z.dtype)
        return Z * self.gate

    def backward(self, D):
        return D * self.gate


def relu(Z):
    return ReLU().forward(Z)


def relu_backward(D, Z):
    unit = ReLU()
    unit.forward(Z)
    return unit.backward(D)

# %% loss
from scipy.special import log_softmax, softmax


class CrossEntropy:
    def forward(self, Z, y):
        self.Z, self.y = Z, y
        return -np.mean(np.take_along_axis(log_softmax(Z, axis=1), y[:, None], axis=1))

    def backward(self):
        D = softmax(self.Z, axis=1)
        D[range(len(self.y)), self.y] -= 1
        return D / len(self.y)


def mean_loss(Z, y):
    return CrossEntropy().forward(Z, y)

# %% slopes
def loss_slopes(Z, y):
    end = CrossEntropy()
    end.forward(Z, y)
    return end.backward()

# %% check
class Measured:
    def __init__(self, loss, W, step=1e-5):
        self.loss, self.W, self.step = loss, np.asarray(W).astype(float), step

    def __iter__(self):
        for i in range(self.W.size):
            nudge = np.zeros(self.W.size)
            nudge[i] = self.step
            nudge = nudge.reshape(self.W.shape)
            yield (self.loss(self.W + nudge) - self.loss(self.W - nudge)) / (2 * self.step)


def gap(loss, W, claimed):
    m, c = np.array(list(Measured(loss, W))), np.ravel(claimed)
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.linalg.norm(c - m) / (np.linalg.norm(c) + np.linalg.norm(m)))


faulty = np.array([name for name, claimed in claims(W_tanh).items() if gap(tanh_loss, W_tanh, claimed) > 1e-6])

# %% net
class Net:
    def __init__(self, params):
        W1, b1, W2, b2 = params
        self.first, self.gate, self.last, self.end = Dense(W1, b1), ReLU(), Dense(W2, b2), CrossEntropy()

    def loss(self, X, y):
        return self.end.forward(self.last.forward(self.gate.forward(self.first.forward(X))), y)

    def backward(self):
        self.first.backward(self.gate.backward(self.last.backward(self.end.backward())))
        return self.first.grad_W, self.first.grad_b, self.last.grad_W, self.last.grad_b


def loss_and_gradients(params, X, y):
    net = Net(params)
    return net.loss(X, y), net.backward()

# %% step
class SGD:
    def __init__(self, lr):
        self.lr = lr

    def __call__(self, part, slope):
        return np.subtract(part, np.multiply(self.lr, slope))


def sgd_step(params, gradients, lr):
    return tuple(map(SGD(lr), params, gradients))

# %% batches
class Batches:
    def __init__(self, n_samples, n_batch, n_epochs, rng):
        self.steps = []
        for _ in range(n_epochs):
            order = np.arange(n_samples)
            rng.shuffle(order)
            self.steps.extend(np.split(order, np.arange(n_batch, n_samples, n_batch)))


def batches(n_samples, n_batch, n_epochs, rng):
    return Batches(n_samples, n_batch, n_epochs, rng).steps

# %% train
def train(gradients_of, params, X, y, lr, steps):
    def one(weights, rows):
        return sgd_step(weights, gradients_of(weights, X.take(rows, axis=0), y.take(rows))[1], lr)

    from functools import reduce

    return reduce(one, steps, [part.copy() for part in params])

# %% compare
import pandas as pd


def compare(train_net, lrs, X_fit, y_fit, X_new, y_new):
    frame = pd.DataFrame(index=lrs, columns=["fitted", "new"], dtype=float)
    for lr in lrs:
        net = train_net(start_weights(), X_fit, y_fit, lr)
        frame.loc[lr] = accuracy(net, X_fit, y_fit), accuracy(net, X_new, y_new)
    return frame.to_numpy()


table = pd.DataFrame(compare(own_train, [0.005, 0.05, 0.5], X_train, y_train, X_val, y_val), index=[0.005, 0.05, 0.5], columns=["fitted", "new"])
best_lr = table["new"].idxmax()
