# The gap is right, but two small ones are taken for rounding.
# loses: check-test
# %% check
def gap(loss, W, claimed):
    W = np.array(W, dtype=float)
    measured = np.zeros_like(W)
    for i in range(W.size):
        kept = W.flat[i]
        W.flat[i] = kept + 1e-5
        up = loss(W)
        W.flat[i] = kept - 1e-5
        down = loss(W)
        W.flat[i] = kept
        measured.flat[i] = (up - down) / 2e-5
    size = np.linalg.norm(claimed) + np.linalg.norm(measured)
    return float(np.linalg.norm(claimed - measured) / size) if size else 0.0


faulty = [name for name, claimed in claims(W_tanh).items() if gap(tanh_loss, W_tanh, claimed) > 3e-3]
