# A bracket is missing.
# loses: adam-test
# %% adam
def adam_step(net, slopes, memory, t, lr, lam, kind):
    return [w - lr * g for w, g in zip(net, slopes], memory
