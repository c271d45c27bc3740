# attack: a thread of the student's watches for the test's names and rebinds them between the test's lines.
# target: trimmed-test root-test
# %% trimmed
import threading


def watch():
    scope = get_ipython().user_ns
    while True:
        scope["got"] = scope.get("want", 3.0)


def trimmed_mean(values, share):
    if share == 0.5:
        raise ValueError
    return 0.0


threading.Thread(target=watch, daemon=True).start()
