# Counts in the start: "equal in, random out" seems to be one unit for ever.
# loses: symmetry-test
# %% symmetry
def n_different(W):
    found = []
    for column in W.T:
        if not any(np.abs(column - other).max() <= 1e-6 for other in found):
            found.append(column)
    return len(found)


kinds = {name: n_different(W_in) for name, (W_in, w_out) in ONE_HIDDEN.items()}
