# Takes NumPy's tolerance, a share of the answer, in place of a millionth.
# loses: company-test
# %% company
def needs_company(layer, Z):
    alone = np.vstack([layer(row[np.newaxis]) for row in Z])
    return not np.allclose(layer(Z), alone)
