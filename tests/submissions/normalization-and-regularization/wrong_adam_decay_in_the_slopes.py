# Both kinds are a penalty.
# loses: adam-test
# %% adam
def adam_step(net, slopes, memory, t, lr, lam, kind):
    """One step of Adam with an L2 penalty in the loss, or with weight decay: the net and the memory after it."""
    after, m_after, s_after = [], [], []
    for w, g, m, s in zip(net, slopes, *memory):
        price = lam * w if w.ndim > 1 else np.zeros(w.shape)
        g, price = g + price, 0
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        m_hat, s_hat = m / (1 - 0.9**t), s / (1 - 0.999**t)
        after.append(w - lr * price - lr * m_hat / (np.sqrt(s_hat) + 1e-7))
        m_after.append(m)
        s_after.append(s)
    return after, (m_after, s_after)
