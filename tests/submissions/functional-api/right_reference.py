# Solves every task as the source does.
# loses: nothing

# %% graph
def make_graph(n_in, widths, n_out):
    """The network of make_list as a functional model."""
    x = h = keras.Input((n_in,))
    for place, width in enumerate(widths, start=1):
        h = layers.Dense(width, activation="relu", name=f"hidden{place}")(h)
    return keras.Model(x, layers.Dense(n_out, activation="softmax", name="answer")(h))

# %% matcher
def make_matcher(n_in, width):
    """A model with two inputs, one shared reader, and the probability that both are the same."""
    left, right = keras.Input((n_in,)), keras.Input((n_in,))
    reader = layers.Dense(width, activation="relu", name="reader")
    gap = layers.Subtract()([reader(left), reader(right)])
    square = layers.Multiply()([gap, gap])
    return keras.Model([left, right], layers.Dense(1, activation="sigmoid", name="same")(square))

# %% count
def count_matcher(n_in, width, shared):
    """The number of parameters of the matcher, with one reader or with two."""
    reader = n_in * width + width
    return (reader if shared else 2 * reader) + width + 1

# %% office
def make_office(n_row, delay_weight):
    """A compiled model: [pictures, rows] -> zone and delay."""
    picture, row = keras.Input((64,), name="picture"), keras.Input((n_row,), name="row")
    seen = layers.Dense(24, activation="relu", name="seen")(picture)
    joint = layers.Dense(16, activation="relu", name="joint")(layers.Concatenate()([seen, row]))
    zone = layers.Dense(10, activation="softmax", name="zone")(joint)
    delay = layers.Dense(1, name="delay")(joint)
    net = keras.Model([picture, row], {"zone": zone, "delay": delay})
    net.compile(
        keras.optimizers.Adam(0.01),
        loss={"zone": "sparse_categorical_crossentropy", "delay": "mean_squared_error"},
        loss_weights={"zone": 1.0, "delay": delay_weight},
    )
    return net

# %% residual
def make_residual(n_in, widths):
    """Residual blocks of these widths, with a projection where the width changes."""
    x = h = keras.Input((n_in,))
    for k, width in enumerate(widths, start=1):
        inner = layers.Dense(width, activation="relu", name=f"inner{k}")(h)
        last = layers.Dense(width, name=f"last{k}")(inner)
        if h.shape[-1] != width:
            h = layers.Dense(width, use_bias=False, name=f"around{k}")(h)
        h = layers.Add()([h, last])
    return keras.Model(x, h)

# %% layer
@keras.saving.register_keras_serializable(package="office")
class Closeness(layers.Layer):
    def __init__(self, sharpness=1.0, **kwargs):
        super().__init__(**kwargs)
        self.sharpness = sharpness

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[0][-1],), initializer="ones", name="w")

    def call(self, inputs):
        a, b = inputs
        return keras.ops.exp(-self.sharpness * keras.ops.sum(self.w * (a - b) ** 2, axis=-1, keepdims=True))

    def get_config(self):
        return {**super().get_config(), "sharpness": self.sharpness}


def make_close(d, sharpness):
    """A model with two inputs of d numbers, and the closeness of both."""
    a, b = keras.Input((d,)), keras.Input((d,))
    return keras.Model([a, b], Closeness(sharpness, name="closeness")([a, b]))


def reload(path):
    """The model in a .keras file."""
    return keras.saving.load_model(path)

# %% step
def step(weights, frozen, batches, lr):
    """One step on all rows: the loss before it, and the weights after it."""
    net = small_net(weights, frozen)
    n_rows, total = sum(len(y) for _, y in batches), 0.0
    slopes = [np.zeros(weight.shape) for weight in net.trainable_variables]
    for X, y in batches:
        with tf.GradientTape() as tape:
            y_pred = net(np.asarray(X, dtype="float32"))[:, 0]
            loss = tf.reduce_sum((y_pred - np.asarray(y, dtype="float32")) ** 2) / n_rows
        slopes = [old + np.asarray(new) for old, new in zip(slopes, tape.gradient(loss, net.trainable_variables))]
        total += float(loss)
    for weight, slope in zip(net.trainable_variables, slopes):
        weight.assign(weight - lr * slope)
    return total, net.get_weights()

# %% extractor
def extractor(weights, name):
    """A model from the inputs of the office's network to the output of one of its layers."""
    net = office_net(weights)
    return keras.Model(net.input, net.get_layer(name).output)

# %% head
def with_new_head(weights, name, units):
    """The frozen layers of the office's network up to this one, and a new layer behind it."""
    net = office_net(weights)
    for layer in net.layers:
        layer.trainable = False
    h = net.get_layer(name).output
    return keras.Model(net.input, layers.Dense(units, activation="softmax", name="head")(h))

# %% compare
def compare(train, weights, seeds, data_fit, data_new):
    """Three measures on the fitted and three on the new rows: an array of shape (n_weights, n_seeds, 6)."""
    found = np.zeros((len(weights), len(seeds), 6))
    for i, weight in enumerate(weights):
        for j, seed in enumerate(seeds):
            net = train(weight, seed, data_fit)
            found[i, j] = *measures(net, data_fit, weight), *measures(net, data_new, weight)
    return found


runs = compare(trained, WEIGHTS, SEEDS, fitted, new)
table = runs.mean(axis=1)
names = ["zone", "delay", "loss"]
print(pd.DataFrame(table, index=WEIGHTS, columns=[f"{name} {part}" for part in ("fitted", "new") for name in names]).round(3))

# %% choose
def choose(table, weights):
    """The weight that the office should take, by a table with one row for each of them."""
    return weights[int(np.argmin(table[:, 4]))]
