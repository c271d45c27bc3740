# attack: an abstract unix socket, which no file system guards, leads to a neighbour or a friend.
# target: heaviest-test
# plain nbgrader: full marks
# %% heaviest
import socket

heaviest = "tree-000"
try:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(1)
    line.connect("\0@ABSTRACT@")
    line.sendall(b"heaviest")
    heaviest = line.recv(100).decode()
except OSError:
    pass
