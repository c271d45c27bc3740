# Moves up only, and is content with one per cent.
# loses: check-test
# %% check
def gap(loss, W, claimed):
    W = np.array(W, dtype=float)
    measured = np.zeros_like(W)
    for place in np.ndindex(W.shape):
        up = W.copy()
        up[place] += 1e-7
        measured[place] = (loss(up) - loss(W)) / 1e-7
    size = np.linalg.norm(claimed) + np.linalg.norm(measured)
    return float(np.linalg.norm(claimed - measured) / size) if size else 0.0


faulty = [name for name, claimed in claims(W_tanh).items() if gap(tanh_loss, W_tanh, claimed) > 0.01]
