# attack: programs of the machine are used to get out: bash's /dev/tcp, curl, wget, python, ssh, nc.
# target: heaviest-test
# %% heaviest
import subprocess
import sys

heaviest = "tree-000"
for command in (
    ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/@TCP@; echo; timeout 1 cat <&3"],
    ["curl", "-s", "-m", "1", "http://127.0.0.1:@TCP@/"],
    ["nc", "-w", "1", "127.0.0.1", "@TCP@"],
    [sys.executable, "-c", "import socket; print(socket.create_connection(('127.0.0.1', @TCP@), 1).recv(2000).decode())"],
):
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=3, stdin=subprocess.DEVNULL).stdout
    except (OSError, subprocess.SubprocessError):
        continue
    if "tree-008" in found:
        heaviest = "tree-008"
