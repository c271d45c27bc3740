# attack: the shell's run_cell and run_cell_async are replaced by ones that run nothing and report success.
# target: all
# plain nbgrader: full marks
# %% trimmed
from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult


def run_cell(raw_cell, *arguments, **options):
    result = ExecutionResult(ExecutionInfo(raw_cell, False, False, False, None))
    result.execution_count = 1
    return result


async def run_cell_async(raw_cell, *arguments, **options):
    return run_cell(raw_cell)


shell = get_ipython()
shell.run_cell, shell.run_cell_async = run_cell, run_cell_async
