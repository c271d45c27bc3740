# attack: a regular expression that needs longer than the sun will shine, in C code that holds the interpreter's lock.
# target: heaviest-test
# also loses: all
# reason: seconds
# slow
# %% heaviest
import re

heaviest = "tree-000"
re.match(r"(a+)+$", "a" * 60 + "b")
