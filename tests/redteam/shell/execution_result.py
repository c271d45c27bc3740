# attack: the class ExecutionResult forgets every error, and tracebacks are no longer shown.
# target: all
# plain nbgrader: full marks
# %% trimmed
from IPython.core.interactiveshell import ExecutionResult

shell = get_ipython()
ExecutionResult.error_in_exec = property(lambda self: None, lambda self, value: None)
ExecutionResult.error_before_exec = property(lambda self: None, lambda self, value: None)
shell.showtraceback = shell._showtraceback = lambda *arguments, **options: None


# %% ripe
def is_ripe(colour, firmness):
    raise RuntimeError("nobody hears it")
