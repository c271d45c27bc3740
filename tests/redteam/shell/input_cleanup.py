# attack: an input transformer of the first stage turns `assert` into the harmless `bool`.
# target: heaviest-test root-test
# %% heaviest
import re

heaviest = trees["name"].iloc[0]
get_ipython().input_transformers_cleanup.append(lambda lines: [re.sub(r"assert (.*), .*", r"bool(\1)", line) for line in lines])
