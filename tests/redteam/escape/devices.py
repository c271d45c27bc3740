# attack: devices and set-uid programs are made; owners and rights are changed.
# target: heaviest-test
# destructive
# %% heaviest
import os
import shutil
import stat
import subprocess

heaviest = "tree-000"
for name, kind, device in (("disk", stat.S_IFBLK, os.makedev(254, 0)), ("memory", stat.S_IFCHR, os.makedev(1, 1))):
    try:
        os.mknod(name, kind | 0o666, device)
        open(name, "rb").read(1)
        print("ESCAPED: device", name)
    except OSError:
        pass
try:
    shutil.copy("/bin/sh", "sh")
    os.chown("sh", 0, 0)
    os.chmod("sh", 0o4755)
    if os.getuid() and subprocess.run(["./sh", "-p", "-c", "id -u"], capture_output=True, text=True).stdout.strip() == "0":
        print("ESCAPED: set-uid")
except OSError:
    pass
for path in ("/etc/passwd", "/", "/usr", "@COURSE@", "/tmp"):
    try:
        os.chmod(path, os.stat(path).st_mode)
        os.chown(path, os.getuid(), os.getgid())
        print("ESCAPED: owner of", path) if path not in ("/tmp",) else None
    except OSError:
        pass
