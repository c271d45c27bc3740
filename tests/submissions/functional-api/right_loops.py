# Plain loops and steps, one thing a line; slopes added up by hand.
# loses: nothing
# %% graph
def make_graph(n_in, widths, n_out):
    inputs = keras.layers.Input(shape=(n_in,))
    current = inputs
    number = 1
    for width in widths:
        current = layers.Dense(width, name="hidden" + str(number))(current)
        current = layers.ReLU()(current)
        number += 1
    current = layers.Dense(n_out, name="answer")(current)
    current = layers.Softmax()(current)
    model = keras.models.Model(inputs=inputs, outputs=current)
    return model

# %% matcher
def make_matcher(n_in, width):
    input_left = keras.Input(shape=(n_in,), name="left")
    input_right = keras.Input(shape=(n_in,), name="right")
    reader = layers.Dense(width, activation="relu", name="reader")
    read_left = reader(input_left)
    read_right = reader(input_right)
    difference = layers.subtract([read_right, read_left])
    squared = difference * difference
    output = layers.Dense(1, activation="sigmoid", name="same")(squared)
    return keras.Model(inputs=[input_left, input_right], outputs=output)

# %% count
def count_matcher(n_in, width, shared):
    total = 0
    readers = 1
    if not shared:
        readers = 2
    for _ in range(readers):
        for _ in range(width):
            total += n_in
            total += 1
    for _ in range(width):
        total += 1
    return total + 1

# %% office
def make_office(n_row, delay_weight):
    picture = keras.Input(shape=(64,), name="camera")
    row = keras.Input(shape=(n_row,), name="scale")
    seen = layers.Dense(24, activation="relu", name="seen")(picture)
    both = layers.concatenate([seen, row])
    joint = layers.Dense(16, activation="relu", name="joint")(both)
    zone = layers.Dense(10, activation="softmax", name="zone")(joint)
    delay = layers.Dense(1, activation="linear", name="delay")(joint)
    model = keras.Model(inputs=[picture, row], outputs={"delay": delay, "zone": zone})
    losses = {}
    losses["zone"] = keras.losses.SparseCategoricalCrossentropy()
    losses["delay"] = "mse"
    model.compile(optimizer="adam", loss=losses, loss_weights={"delay": delay_weight, "zone": 1}, metrics={"zone": ["accuracy"]})
    return model

# %% residual
def make_residual(n_in, widths):
    inputs = keras.Input(shape=(n_in,))
    h = inputs
    before = n_in
    for k in range(1, len(widths) + 1):
        width = widths[k - 1]
        f = layers.Dense(width, name=f"inner{k}")(h)
        f = layers.Activation("relu")(f)
        f = layers.Dense(width, name=f"last{k}")(f)
        if before == width:
            around = h
        else:
            around = layers.Dense(width, name=f"around{k}", use_bias=False)(h)
        h = layers.add([f, around])
        before = width
    return keras.Model(inputs=inputs, outputs=h)

# %% layer
@keras.saving.register_keras_serializable()
class Closeness(layers.Layer):
    def __init__(self, sharpness=1.0, **kwargs):
        super(Closeness, self).__init__(**kwargs)
        self.sharpness = float(sharpness)

    def build(self, input_shape):
        shape_a, shape_b = input_shape
        self.w = self.add_weight(name="w", shape=(shape_a[-1],), initializer="ones", trainable=True)

    def call(self, inputs):
        a = inputs[0]
        b = inputs[1]
        total = tf.reduce_sum(self.w * tf.square(a - b), axis=1)
        return tf.exp(-self.sharpness * tf.reshape(total, (-1, 1)))

    def get_config(self):
        config = super().get_config()
        config.update({"sharpness": self.sharpness})
        return config


def make_close(d, sharpness):
    a = keras.Input(shape=(d,))
    b = keras.Input(shape=(d,))
    layer = Closeness(sharpness=sharpness, name="closeness")
    result = layer([a, b])
    return keras.Model(inputs=[a, b], outputs=result)


def reload(path):
    model = keras.models.load_model(path)
    return model

# %% step
def step(weights, frozen, batches, lr):
    net = small_net(weights, frozen)
    n_rows = 0
    for X, y in batches:
        n_rows += len(y)
    sums = None
    loss_sum = 0.0
    for X, y in batches:
        target = tf.reshape(tf.constant(y), (-1, 1))
        with tf.GradientTape() as tape:
            error = net(X, training=True) - target
            loss = tf.reduce_sum(tf.square(error))
        slopes = tape.gradient(loss, net.trainable_weights)
        if sums is None:
            sums = slopes
        else:
            for place in range(len(sums)):
                sums[place] = sums[place] + slopes[place]
        loss_sum += loss
    for weight, slope in zip(net.trainable_weights, sums):
        weight.assign_sub(lr * slope / n_rows)
    return loss_sum / n_rows, net.get_weights()

# %% extractor
def extractor(weights, name):
    net = office_net(weights)
    for layer in net.layers:
        if layer.name == name:
            return keras.Model(inputs=net.inputs, outputs=layer.output)

# %% head
def with_new_head(weights, name, units):
    net = office_net(weights)
    net.trainable = False
    for layer in net.layers:
        layer.trainable = False
    features = net.get_layer(name).output
    scores = layers.Dense(units, name="head")(features)
    return keras.Model(inputs=net.inputs, outputs=layers.Softmax()(scores))

# %% compare
def compare(train, weights, seeds, data_fit, data_new):
    result = []
    for weight in weights:
        rows = []
        for seed in seeds:
            net = train(weight, seed, data_fit)
            row = []
            for data in (data_fit, data_new):
                for value in measures(net, data, weight):
                    row.append(float(value))
            rows.append(row)
        result.append(rows)
    return result


everything = compare(trained, WEIGHTS, SEEDS, fitted, new)
table = []
for rows in everything:
    means = []
    for column in range(6):
        means.append(sum(row[column] for row in rows) / len(rows))
    table.append(means)

# %% choose
def choose(table, weights):
    best, lowest = None, None
    for weight, means in zip(weights, table):
        if best is None or means[4] < lowest:
            best, lowest = weight, means[4]
    return best
