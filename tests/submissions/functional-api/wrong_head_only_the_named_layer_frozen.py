# Freezes the named layer only.
# loses: head-test
# %% head
def with_new_head(weights, name, units):
    net = office_net(weights)
    net.get_layer(name).trainable = False
    return keras.Model(net.input, layers.Dense(units, activation="softmax", name="head")(net.get_layer(name).output))
