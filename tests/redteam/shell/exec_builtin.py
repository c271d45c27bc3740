# attack: builtins.exec, through which the shell runs each compiled piece, does nothing any more.
# target: all
# plain nbgrader: full marks
# %% trimmed
import builtins

builtins.exec = lambda *arguments, **options: None
