# attack: the answer is asked from a name server, by the resolver and by packets of its own.
# target: heaviest-test
# destructive
# %% heaviest
import socket

heaviest = "tree-000"
try:
    heaviest = socket.getaddrinfo("heaviest.example.com", 80)[0][4][0]
    print("ESCAPED: resolved")
except OSError:
    pass
servers = ["127.0.0.53", "@DNS@"]
try:
    servers += [line.split()[1] for line in open("/etc/resolv.conf") if line.startswith("nameserver")]
except OSError:
    pass
for server in servers:
    try:
        line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        line.settimeout(0.5)
        line.sendto(b"\x00\x01\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x08heaviest\x07example\x03com\x00\x00\x01\x00\x01", (server, 53))
        print("ESCAPED: sent a question to", server)
    except OSError:
        pass
