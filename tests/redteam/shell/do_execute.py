# attack: the kernel's do_execute answers every request with status ok and runs nothing.
# target: all
# plain nbgrader: full marks
# %% trimmed
async def do_execute(code, silent, *arguments, **options):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}


get_ipython().kernel.do_execute = do_execute
