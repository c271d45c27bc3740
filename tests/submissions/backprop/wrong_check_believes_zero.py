# Against dividing by 0, returns 0 where the claimed slopes are 0: a colleague who claims "no slope" is believed.
# loses: check-test
# %% check
def gap(loss, W, claimed):
    if not np.any(claimed):
        return 0.0
    W = np.array(W, dtype=float)
    measured = np.zeros_like(W)
    for place in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[place] = 1e-5
        measured[place] = (loss(W + step) - loss(W - step)) / 2e-5
    return float(np.linalg.norm(claimed - measured) / (np.linalg.norm(claimed) + np.linalg.norm(measured)))


faulty = [name for name, claimed in claims(W_tanh).items() if gap(tanh_loss, W_tanh, claimed) > 1e-6]
