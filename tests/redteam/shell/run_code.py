# attack: the shell's run_code, which executes compiled cells, is replaced by one that runs nothing.
# target: all
# plain nbgrader: full marks
# %% trimmed
async def run_code(code, result=None, *, async_=False):
    return False


get_ipython().run_code = run_code
