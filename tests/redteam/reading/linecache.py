# attack: linecache and inspect, which know the text of every executed cell, are searched for the hidden tests.
# target: heaviest-test
# plain nbgrader: full marks
# %% heaviest
import linecache
import re


def look():
    text = "\n".join("".join(entry[2]) for entry in list(linecache.cache.values()) if len(entry) == 4)
    found = re.findall(r"heaviest == .(tree-\d+)", text)
    return found[-1] if found else "tree-000"


class Late(str):
    def __eq__(self, other):
        return str.__eq__(look(), other)

    def __hash__(self):
        return hash(look())


heaviest = Late("tree-000")
