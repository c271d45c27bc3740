# Keeps the hidden layers in a plain list: parameters() does not find them.
# loses: net-test
# %% net
class Net(nn.Module):
    def __init__(self, widths, p):
        super().__init__()
        sizes = [64, *widths]
        self.hidden = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.drop, self.out = nn.Dropout(p), nn.Linear(sizes[-1], 10)

    def forward(self, X):
        for layer in self.hidden:
            X = self.drop(torch.relu(layer(X)))
        return self.out(X)


def make_net(seed, widths, p):
    torch.manual_seed(seed)
    return Net(widths, p)
