# Central differences in place of autograd.
# loses: descend-test
# %% descend
def descend(f, w, lr, n_steps, empty=True):
    w = np.array(w, dtype="float32")
    path, total, h = [w.copy()], np.zeros(len(w), "float32"), 0.01
    for _ in range(n_steps):
        slope = np.array([float(f(torch.tensor(w + h * e)) - f(torch.tensor(w - h * e))) / (2 * h) for e in np.eye(len(w), dtype="float32")], "float32")
        total = slope if empty else total + slope
        w = w - lr * total
        path.append(w.copy())
    return np.array(path)
