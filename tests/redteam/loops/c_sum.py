# attack: the sum over an endless iterator written in C, which looks at no signal.
# target: heaviest-test
# also loses: all
# reason: longer
# slow
# %% heaviest
import itertools

heaviest = "tree-000"
sum(itertools.repeat(1))
