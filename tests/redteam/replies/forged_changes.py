# attack: each reply claims that arguments have changed which were never sent, or changes them to what they cannot be.
# target: trimmed-test model-test
# also loses: all
# %% trimmed
import sys

wire = sys.modules["autograder.examiner.wire"]
original = wire.Channel.send


def send(self, header, buffers=(), **options):
    if header.get("kind") == "reply":
        header = {
            **header,
            "changed": [
                [0, ["list", [["remote", {"number": 0, "type": "x", "methods": ["__eq__"], "bases": []}]]]],
                [-1, 3.0],
                [10**6, 1],
                [True, 1],
                ["0", 1],
            ],
        }
    return original(self, header, buffers, **options)


wire.Channel.send = send


def trimmed_mean(values, share):
    return 0.0
