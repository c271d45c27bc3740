# attack: the agent's channel asks the test to call functions that were never lent: other numbers, other verbs, the test's own builtins.
# target: trimmed-test root-test
# also loses: all
# %% trimmed
import sys

agent = sys.modules["autograder.examiner.agent"]
wire = sys.modules["autograder.examiner.wire"]
original = wire.Channel.send


def send(self, header, buffers=(), **options):
    if header.get("kind") == "reply":
        for number in (-1, 0, 1, 10**9, True, "0", None):
            for what in ("call", "next", "__globals__", "throw"):
                forged = {
                    "re": header["re"],
                    "kind": "callback",
                    "id": f"{header['re']}/x",
                    "number": number,
                    "what": what,
                    "value": [["tuple", []], ["dict", [], []]],
                    "printed": [],
                }
                original(self, forged, [])
    return original(self, header, buffers, **options)


wire.Channel.send = send


def trimmed_mean(values, share):
    return 0.0
