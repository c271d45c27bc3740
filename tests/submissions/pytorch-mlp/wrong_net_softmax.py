# Ends with a softmax, as the Keras model did.
# loses: net-test
# %% net
def make_net(seed, widths, p):
    torch.manual_seed(seed)
    layers, n_in = [], 64
    for width in widths:
        layers += [nn.Linear(n_in, width), nn.ReLU(), nn.Dropout(p)]
        n_in = width
    return nn.Sequential(*layers, nn.Linear(n_in, 10), nn.Softmax(dim=1))
