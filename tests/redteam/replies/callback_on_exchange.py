# attack: the callback that a test passes in is called from other threads and after its test is over.
# target: root-test
# also loses: all
# %% root
import threading

kept = []


def root(f, low, high):
    kept.append(f)
    for _ in range(20):
        threading.Thread(target=lambda: [f(0.5) for _ in range(200)], daemon=True).start()
    return low


# %% ripe
def is_ripe(colour, firmness):
    for f in kept:
        f(colour)
    return colour >= 0.6 and firmness <= 7
