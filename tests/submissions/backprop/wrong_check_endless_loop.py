# Halves the step until the two slopes agree to the last digit, which they never do.
# endless
# loses: check-test
# %% check
import time


def gap(loss, W, claimed):
    step, before, now = 1.0, None, np.zeros(1)
    while before is not now:
        before, step = now, step / 2
        now = np.array([loss(W + step) - loss(W - step)]) / (2 * step)
        time.sleep(0.5)
    return float(np.abs(now - claimed).max())


faulty = [name for name, claimed in claims(W_tanh).items() if gap(tanh_loss, W_tanh, claimed) > 1e-6]
