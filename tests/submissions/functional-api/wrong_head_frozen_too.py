# Freezes the finished model, the head included.
# loses: head-test
# %% head
def with_new_head(weights, name, units):
    net = office_net(weights)
    made = keras.Model(net.input, layers.Dense(units, activation="softmax", name="head")(net.get_layer(name).output))
    made.trainable = False
    return made
