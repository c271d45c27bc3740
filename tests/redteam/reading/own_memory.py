# attack: the process's own memory, which was once its parent's, is searched for the hidden tests while a test runs.
# target: root-test
# destructive
# %% root
import re


def root(f, low, high):
    if high == 1.0:
        return 0.25
    with open("/proc/self/mem", "rb") as memory:
        for line in open("/proc/self/maps"):
            begin, end = (int(part, 16) for part in line.split()[0].split("-"))
            if " rw" not in line or end - begin > 2**27:
                continue
            try:
                memory.seek(begin)
                text = memory.read(end - begin)
            except (OSError, ValueError):
                continue
            # the pattern is put together here, so that this cell's own text does not match
            found = re.search("want".encode() + rb" = (\(13\*\*0.5 - 3\) / 2)", text)
            if found:
                return eval(found.group(1))
    return 0.0
