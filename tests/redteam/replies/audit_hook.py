# attack: an audit hook and a profiler act at every event of the agent: they stop it, and change its variables.
# target: trimmed-test
# also loses: all
# %% trimmed
import sys


def hook(frame, event, argument):
    for key, value in list(frame.f_locals.items()):
        if type(value) is float and value == 0.0:
            frame.f_locals[key] = 3.0
    return hook


def stop(event, arguments):
    if event in ("socket.recv", "pickle.find_class"):
        raise RuntimeError("no")


def trimmed_mean(values, share):
    sys.addaudithook(stop)
    sys.setprofile(hook)
    return 0.0
