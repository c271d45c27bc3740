# attack: the shell's compiler returns empty code for every cell that holds an assert.
# target: all
# plain nbgrader: full marks
# %% trimmed
import ast

shell = get_ipython()
original = shell.compile.__class__


class Compiler(original):
    def __call__(self, source, filename, symbol, *arguments, **options):
        return compile("None", filename, "exec")


shell.compile.__class__ = Compiler
