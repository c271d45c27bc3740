# attack: the machine's other servers on the loopback interface are looked for: a hub, a Jupyter server, a database.
# target: heaviest-test
# destructive
# %% heaviest
import socket
import urllib.request

heaviest = "tree-000"
for port in (int("@TCP@"), 8000, 8081, 8888, 5432, 22):
    try:
        socket.create_connection(("localhost", port), timeout=0.3).close()
        print("ESCAPED: port", port)
    except OSError:
        pass
