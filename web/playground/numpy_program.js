/**
 * The same run as a NumPy program: complete, with only what the settings need. It draws the same numbers as random.js and data.js, begins with
 * the same weights, forms the same mini-batches, and so gives the same losses. Lines have at most 72 characters, as in the book.
 */

import { N_SAMPLES } from "./data.js";

const PLACES = {
  xor: `
    sign = -1 if next(u) < 0.5 else 1
    x1 = sign * (0.2 + 2.3 * next(u))
    return x1, (-sign if y else sign) * (0.2 + 2.3 * next(u))`,
  circle: `
    radius = 1.2 * next(u) if y else 1.7 + 0.8 * next(u)
    angle = 2 * np.pi * next(u)
    return radius * np.cos(angle), radius * np.sin(angle)`,
  blobs: `
    centre = 1.2 if y else -1.2
    x1 = centre + 0.6 * normal(u)
    return x1, centre + 0.6 * normal(u)`,
  spiral: `
    along = (i - y) / n_samples
    angle = 2.5 * np.pi * along + np.pi * y
    radius = 0.2 + 2.3 * along
    return radius * np.sin(angle), radius * np.cos(angle)`,
};

const FEATURES = {
  x1: "x1",
  x2: "x2",
  "x1^2": "x1**2",
  "x2^2": "x2**2",
  "x1*x2": "x1 * x2",
  "sin(x1)": "np.sin(x1)",
  "sin(x2)": "np.sin(x2)",
};

const SPREADS = {
  glorot: "np.sqrt(2 / (n_in + n_out))",
  he: "np.sqrt(2 / n_in)",
  zero: "0",
  small: "0.01",
  large: "3",
};

const SIGMOID = `
def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))

`;

const ACTIVATIONS = {
  linear: ["return z", "return np.ones_like(z)"],
  sigmoid: ["return sigmoid(z)", "return sigmoid(z) * sigmoid(-z)"],
  tanh: ["return np.tanh(z)", "return 1 - np.tanh(z) ** 2"],
  relu: ["return np.maximum(0, z)", "return np.where(z > 0, 1.0, 0.0)"],
  leaky: ["return np.where(z > 0, z, 0.1 * z)", "return np.where(z > 0, 1.0, 0.1)"],
};

const LOSSES = {
  "cross-entropy": ["return np.mean(np.logaddexp(0, z) - y * z)", "return sigmoid(z) - y"],
  squared: ["return np.mean((sigmoid(z) - y) ** 2)", "return 2 * (sigmoid(z) - y) * sigmoid(z) * sigmoid(-z)"],
  hinge: ["return np.mean(np.maximum(0, 1 - (2 * y - 1) * z))", "return np.where((2 * y - 1) * z < 1, 1 - 2 * y, 0.0)"],
};

const PENALTIES = { none: "", l1: " + penalty * np.sign(W[l])", l2: " + penalty * W[l]" };

/** An assignment of a list, on several lines where one is too long. */
function stacked(columns) {
  const line = `X = np.column_stack([${columns.join(", ")}])`;
  return line.length <= 72 ? line : `X = np.column_stack([\n    ${columns.join(", ")}])`;
}

/**
 * @param {import("./settings.js").Settings} settings
 * @returns {string} a Python program. It leaves `history` (the losses after each epoch, the start first), `W`, `b` and `gradients(X, y)`
 */
export function numpyProgram(settings) {
  const { data, noise, share, seed, features, hidden, activation, init, loss, lr, batch, penalty, lambda, epochs } = settings;
  const [value, slope] = ACTIVATIONS[activation];
  const [lossValue, lossSlope] = LOSSES[loss];
  const needsSigmoid = [value, lossValue, lossSlope].some((line) => line.includes("sigmoid"));
  return `import numpy as np

# The settings
seed, lr, n_epochs = ${seed}, ${lr}, ${epochs}
n_samples, n_train, noise = ${N_SAMPLES}, ${Math.round(share * N_SAMPLES)}, ${noise}
batch_size = ${batch || "n_train"}${penalty === "none" ? "" : `\npenalty = ${lambda}`}
sizes = [${[features.length, ...hidden, 1].join(", ")}]


# The random numbers of the playground (mulberry32)
def uniform(state):
    while True:
        state = (state + 0x6D2B79F5) % 2**32
        t = (state ^ state >> 15) * (state | 1) % 2**32
        t ^= (t + (t ^ t >> 7) * (t | 61)) % 2**32
        yield (t ^ t >> 14) / 2**32


def normal(u):
    radius = np.sqrt(-2 * np.log(1 - next(u)))
    return radius * np.cos(2 * np.pi * next(u))


def shuffle(items, u):
    for last in range(len(items) - 1, 0, -1):
        other = int(next(u) * (last + 1))
        items[last], items[other] = items[other], items[last]
    return items


# The points, and what the network is given of them
def place(i, y, u):${PLACES[data]}


u = uniform(4 * seed)
points = []
for i in range(n_samples):
    x1, x2 = place(i, i % 2, u)
    x1 = x1 + noise * normal(u)
    points.append([x1, x2 + noise * normal(u)])
order = shuffle(list(range(n_samples)), u)
x1, x2 = np.array(points)[order].T
${stacked(features.map((name) => FEATURES[name]))}
y = np.array(order) % 2
X_train, y_train = X[:n_train], y[:n_train]
X_test, y_test = X[n_train:], y[n_train:]

# The first weights
u = uniform(4 * seed + 1)
W, b = [], []
for n_in, n_out in zip(sizes[:-1], sizes[1:]):
    spread = ${SPREADS[init]}
    draws = np.array([normal(u) for _ in range(n_in * n_out)])
    W.append(spread * draws.reshape(n_in, n_out))
    b.append(np.zeros(n_out))


# The network
${needsSigmoid ? SIGMOID.trimStart() + "\n" : ""}def g(z):
    ${value}


def g_slope(z):
    ${slope}


def forward(X):
    """Answers and weighted sums of each layer, the input first."""
    H, Z = [X], []
    for l in range(len(W)):
        Z.append(H[-1] @ W[l] + b[l])
        H.append(g(Z[-1]))
    return H, Z


def loss(X, y):
    z = forward(X)[1][-1][:, 0]
    ${lossValue}


def loss_slope(z, y):
    ${lossSlope}


def gradients(X, y):
    """Slopes of the loss for W[l] and b[l], the last layer first.

    D: its slopes for the weighted sums Z[l], a row for each case.
    """
    H, Z = forward(X)
    D = loss_slope(Z[-1][:, 0], y)[:, None] / len(y)
    for l in reversed(range(len(W))):
        yield l, H[l].T @ D, D.sum(axis=0)
        if l > 0:
            D = D @ W[l].T * g_slope(Z[l - 1])


# The run
u = uniform(4 * seed + 2)
order = list(range(n_train))
history = [[loss(X_train, y_train), loss(X_test, y_test)]]
for epoch in range(n_epochs):
    shuffle(order, u)
    for start in range(0, n_train, batch_size):
        rows = order[start : start + batch_size]
        step = list(gradients(X_train[rows], y_train[rows]))
        for l, W_slope, b_slope in step:
            W[l] -= lr * ${penalty === "none" ? "W_slope" : `(W_slope${PENALTIES[penalty]})`}
            b[l] -= lr * b_slope
    history.append([loss(X_train, y_train), loss(X_test, y_test)])
print("epochs", n_epochs)
print("loss on training points", history[-1][0])
print("loss on test points    ", history[-1][1])
`;
}
