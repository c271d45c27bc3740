# Calls a new layer with the settings of the old one: new weights.
# loses: extractor-test
# %% extractor
def extractor(weights, name):
    net = office_net(weights)
    layer = net.get_layer(name)
    fresh = type(layer).from_config(layer.get_config())
    return keras.Model(net.input, fresh(layer.input))
