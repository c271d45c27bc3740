# All points of the path share the memory of the last one.
# loses: descend-test
# %% descend
def descend(f, w, lr, n_steps, empty=True):
    w = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    path = [w.detach().numpy()]
    for _ in range(n_steps):
        f(w).backward()
        w.data -= lr * w.grad
        if empty:
            w.grad.zero_()
        path.append(w.detach().numpy())
    return np.array(path)
