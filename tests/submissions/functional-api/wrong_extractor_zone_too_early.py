# Gives the joint layer in place of the zone.
# loses: extractor-test
# %% extractor
def extractor(weights, name):
    net = office_net(weights)
    return keras.Model(net.input, net.get_layer("joint" if name == "zone" else name).output)
