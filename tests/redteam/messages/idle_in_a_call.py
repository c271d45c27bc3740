# attack: while a test calls the function, it sends a reply `ok`, an execute_result of 3 points and `idle`.
# target: ripe-test
# plain nbgrader: full marks
# %% ripe
def is_ripe(colour, firmness):
    kernel = get_ipython().kernel
    parent = kernel.get_parent("shell")
    kernel.session.send(kernel.iopub_socket, "execute_result", {"data": {"text/plain": "3.0"}, "metadata": {}, "execution_count": 1}, parent)
    kernel.session.send(kernel.shell_stream, "execute_reply", {"status": "ok", "execution_count": 1}, parent, ident=kernel._parent_ident["shell"])
    kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "idle"}, parent)
    return None
