# attack: sockets of families that a filter may have forgotten: IPv6, netlink, packet, raw, vsock, alg, tipc, by socket and by socketpair.
# target: heaviest-test
# destructive
# %% heaviest
import socket

heaviest = "tree-000"
for family in (socket.AF_INET, socket.AF_INET6, getattr(socket, "AF_NETLINK", 16), getattr(socket, "AF_PACKET", 17), 38, 40, 30, 31, 44):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            line = socket.socket(family, kind)
        except OSError:
            continue
        try:
            line.settimeout(0.5)
            line.connect(("127.0.0.1", int("@TCP@")))
            print("ESCAPED: connected by family", family, kind)
        except (OSError, TypeError, ValueError):
            pass
