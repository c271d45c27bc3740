# Takes p for the share of units that are kept.
# loses: net-test
# %% net
def make_net(seed, widths, p):
    torch.manual_seed(seed)
    sizes = [64, *widths]
    layers = [part for a, b in zip(sizes, sizes[1:]) for part in (nn.Linear(a, b), nn.ReLU(), nn.Dropout(1 - p))]
    return nn.Sequential(*layers, nn.Linear(sizes[-1], 10))
