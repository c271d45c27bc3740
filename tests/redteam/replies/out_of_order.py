# attack: replies are kept back and sent for later requests, twice, with other ids, and with requests' ids that were guessed.
# target: trimmed-test root-test ripe-test
# also loses: all
# %% trimmed
import sys

wire = sys.modules["autograder.examiner.wire"]
original = wire.Channel.send
kept = []


def send(self, header, buffers=(), **options):
    if header.get("kind") == "reply":
        kept.append((header, buffers))
        for old, data in kept[::-1]:
            original(self, {**old, "re": header["re"]}, data)
            original(self, old, data)
    return original(self, header, buffers, **options)


wire.Channel.send = send


def trimmed_mean(values, share):
    return 3.0
