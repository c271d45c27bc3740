# Takes all variables, frozen ones too.
# loses: step-test
# %% step
def step(weights, frozen, batches, lr):
    net = small_net(weights, frozen)
    X, y = (np.concatenate(parts) for parts in zip(*batches))
    with tf.GradientTape() as tape:
        tape.watch([one.value for one in net.variables])
        loss = tf.reduce_mean((net(X)[:, 0] - y) ** 2)
    for weight, slope in zip(net.variables, tape.gradient(loss, [one.value for one in net.variables])):
        weight.assign(weight - lr * slope)
    return float(loss), net.get_weights()
