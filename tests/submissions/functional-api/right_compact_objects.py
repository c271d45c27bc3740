# Compact: keras.ops in place of layers, models as classes that are handed a graph, lists of outputs, losses as objects.
# loses: nothing
# %% graph
def make_graph(n_in, widths, n_out):
    chain = [layers.Dense(w, "relu", name=f"hidden{i + 1}") for i, w in enumerate(widths)] + [layers.Dense(n_out, "softmax", name="answer")]
    h = [keras.Input(shape=(n_in,), name="pixels")]
    for layer in chain:
        h.append(layer(h[-1]))
    return keras.Model(inputs=h[0], outputs=h[-1], name="graph")

# %% matcher
class Matcher:
    def __init__(self, width):
        self.reader = layers.Dense(width, keras.activations.relu, name="reader")
        self.same = layers.Dense(1, keras.activations.sigmoid, name="same")

    def __call__(self, left, right):
        return self.same(keras.ops.square(self.reader(left) - self.reader(right)))


def make_matcher(n_in, width):
    pair = [keras.Input((n_in,), name=name) for name in ("left", "right")]
    return keras.Model(pair, Matcher(width)(*pair))

# %% count
count_matcher = lambda n_in, width, shared: np.int64((2 - bool(shared)) * (n_in + 1) * width + width + 1)

# %% office
def make_office(n_row, delay_weight):
    inputs = [keras.Input((64,)), keras.Input((n_row,))]
    seen = layers.Dense(24, "relu", name="seen")(inputs[0])
    joint = layers.Dense(16, "relu", name="joint")(keras.ops.concatenate([seen, inputs[1]], axis=1))
    net = keras.Model(inputs, [layers.Dense(10, "softmax", name="zone")(joint), layers.Dense(1, name="delay")(joint)])
    net.compile("adam", [keras.losses.SparseCategoricalCrossentropy(), keras.losses.MeanSquaredError()], loss_weights=[1, delay_weight])
    return net

# %% residual
class Block:
    def __init__(self, k, width):
        self.k, self.width = k, width

    def __call__(self, h):
        F = layers.Dense(self.width, name=f"last{self.k}")(layers.Dense(self.width, "relu", name=f"inner{self.k}")(h))
        same = h.shape[-1] == self.width
        return F + (h if same else layers.Dense(self.width, use_bias=False, name=f"around{self.k}")(h))


def make_residual(n_in, widths):
    x = h = keras.Input((n_in,))
    for k, width in enumerate(widths, 1):
        h = Block(k, width)(h)
    return keras.Model(x, h)

# %% layer
class Closeness(keras.Layer):
    def __init__(self, sharpness=1, name=None, dtype=None, trainable=True):
        super().__init__(name=name, dtype=dtype, trainable=trainable)
        self.s = sharpness

    def build(self, shapes):
        self.gates = self.add_weight(shape=shapes[1][-1:], initializer=keras.initializers.Ones())
        super().build(shapes)

    def call(self, pair):
        gap = keras.ops.square(keras.ops.subtract(*pair))
        return keras.ops.exp(-self.s * keras.ops.matmul(gap, self.gates[:, None]))

    def compute_output_shape(self, shapes):
        return (*shapes[0][:-1], 1)

    def get_config(self):
        return super().get_config() | {"sharpness": self.s}


def make_close(d, sharpness):
    pair = [keras.Input((d,)) for _ in "ab"]
    return keras.Model(pair, Closeness(sharpness=sharpness, name="closeness")(pair))


def reload(path):
    return keras.models.load_model(path, custom_objects={"Closeness": Closeness})

# %% step
def step(weights, frozen, batches, lr):
    net = small_net(weights, frozen)
    X, y = (np.concatenate(parts) for parts in zip(*batches))
    net.compile(keras.optimizers.SGD(learning_rate=lr), loss="mse", run_eagerly=True)
    loss = net.train_on_batch(X, y[:, None])
    return [float(loss), net.get_weights()]

# %% extractor
def extractor(weights, name):
    net = office_net(weights)
    return keras.Model(net.inputs, [layer for layer in net.layers if layer.name == name][0].output)

# %% head
def with_new_head(weights, name, units):
    net = office_net(weights)
    base = keras.Model(net.inputs, net.get_layer(name).output, name="base")
    base.trainable = False
    inputs = [keras.Input(one.shape[1:]) for one in net.inputs]
    return keras.Model(inputs, layers.Dense(units, "softmax", name="head")(base(inputs)))

# %% compare
def compare(train, weights, seeds, data_fit, data_new):
    def row(w, s):
        net = train(w, s, data_fit)
        return np.r_[measures(net, data_fit, w), measures(net, data_new, w)]

    return np.array([[row(w, s) for s in seeds] for w in weights], dtype=np.float32)


table = compare(trained, WEIGHTS, SEEDS, fitted, new).mean(1)

# %% choose
choose = lambda table, weights: np.float32(min(zip(table[:, 4], weights))[1])
