# pandas for the comparison; dense layers by recursion; models cloned; an optimizer makes the step; dictionaries of inputs inside.
# loses: nothing
# %% graph
def make_graph(n_in, widths, n_out):
    listed = make_list(n_in, widths, n_out)
    x = keras.Input(batch_shape=(None, n_in))
    h = x
    for layer in listed.layers:
        h = type(layer).from_config(layer.get_config())(h)
    return keras.Model(x, h)

# %% matcher
def make_matcher(n_in, width):
    shared = layers.Dense(width, activation=keras.ops.relu, name="reader")
    left, right = keras.Input((n_in,)), keras.Input((n_in,))
    squares = keras.ops.power(shared(left) - shared(right), 2)
    return keras.Model((left, right), layers.Dense(1, "sigmoid", name="same")(squares))

# %% count
def count_matcher(n_in, width, shared):
    parts = pd.Series({"reader": n_in * width + width, "same": width + 1})
    times = pd.Series({"reader": 1 if shared else 2, "same": 1})
    return (parts * times).sum()

# %% office
def make_office(n_row, delay_weight):
    P, R = keras.Input((64,), name="P"), keras.Input((n_row,), name="R")
    h = layers.Concatenate(axis=-1)([layers.Dense(24, "relu", name="seen")(P), R])
    h = layers.Dense(16, "relu", name="joint")(h)
    out = dict(zone=layers.Dense(10, "softmax", name="zone")(h), delay=layers.Dense(1, name="delay")(h))
    made = keras.Model(inputs=(P, R), outputs=out, name="office")
    made.compile(keras.optimizers.Adam(), loss=dict(zone="sparse_categorical_crossentropy", delay=keras.losses.mean_squared_error), loss_weights=dict(zone=1.0, delay=delay_weight))
    return made

# %% residual
def make_residual(n_in, widths):
    x = keras.Input((n_in,))

    def block(h, k):
        if k > len(widths):
            return h
        inner = layers.Dense(widths[k - 1], "relu", name=f"inner{k}")(h)
        last = layers.Dense(widths[k - 1], None, name=f"last{k}")(inner)
        around = h if h.shape[1] == widths[k - 1] else layers.Dense(widths[k - 1], use_bias=False, name=f"around{k}")(h)
        return block(keras.ops.add(around, last), k + 1)

    return keras.Model(x, block(x, 1))

# %% layer
class Closeness(layers.Layer):
    def __init__(self, *, sharpness=1.0, **kwargs):
        super().__init__(**kwargs)
        self._settings = {"sharpness": sharpness}

    def build(self, input_shape):
        d = input_shape[0][-1]
        self.importance = self.add_weight(shape=[d], initializer=lambda shape, dtype=None: keras.ops.ones(shape, dtype))

    def call(self, inputs):
        return keras.ops.exp(-self._settings["sharpness"] * keras.ops.einsum("nd,d->n", (inputs[0] - inputs[1]) ** 2, self.importance))[:, None]

    def get_config(self):
        return {**super().get_config(), **self._settings}


keras.saving.get_custom_objects()["Closeness"] = Closeness


def make_close(d, sharpness):
    inputs = {name: keras.Input((d,), name=name) for name in ("a", "b")}
    return keras.Model(list(inputs.values()), Closeness(sharpness=sharpness, name="closeness")(list(inputs.values())))


def reload(path):
    with keras.saving.custom_object_scope({"Closeness": Closeness}):
        return keras.saving.load_model(path, compile=False)

# %% step
def step(weights, frozen, batches, lr):
    net = small_net(weights, frozen)
    n = sum(X.shape[0] for X, _ in batches)
    with tf.GradientTape() as tape:
        loss = sum(tf.reduce_mean((tf.squeeze(net(X), 1) - y) ** 2) * (len(y) / n) for X, y in batches)
    optimizer = keras.optimizers.SGD(lr)
    optimizer.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    return loss.numpy(), [np.asarray(variable) for variable in net.weights]

# %% extractor
def extractor(weights, name):
    net = office_net(weights)
    return keras.Model(net.input, {name: net.get_layer(name).output})

# %% head
def with_new_head(weights, name, units):
    net = office_net(weights)
    body = keras.Model(net.input, net.get_layer(name).output)
    for variable_layer in body.layers:
        variable_layer.trainable = False
    head = layers.Dense(units, activation=keras.activations.softmax, name="head")
    return keras.Model(body.input, head(body.output))

# %% compare
def compare(train, weights, seeds, data_fit, data_new):
    runs = pd.DataFrame([(w, s) for w in weights for s in seeds], columns=["weight", "seed"])
    nets = [train(w, s, data_fit) for w, s in runs.itertuples(index=False)]
    for part, data in (("fit", data_fit), ("new", data_new)):
        runs[[f"{part}{k}" for k in range(3)]] = [measures(net, data, w) for net, w in zip(nets, runs.weight)]
    return runs.iloc[:, 2:].to_numpy().reshape(len(weights), len(seeds), 6)


frame = pd.DataFrame(compare(trained, WEIGHTS, SEEDS, fitted, new).mean(axis=1), index=WEIGHTS)
table = frame

# %% choose
def choose(table, weights):
    return pd.DataFrame(table, index=weights)[4].idxmin()
