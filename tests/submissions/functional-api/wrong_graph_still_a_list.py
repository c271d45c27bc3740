# Hands back the list itself.
# loses: graph-test
# %% graph
def make_graph(n_in, widths, n_out):
    return make_list(n_in, widths, n_out)
