# attack: the tested function publishes an execute_result for each message id to come, by way of the iopub thread.
# target: ripe-test
# plain nbgrader: full marks
# %% ripe
def is_ripe(colour, firmness):
    kernel = get_ipython().kernel
    parent = kernel.get_parent("shell")
    prefix, number = parent["header"]["msg_id"].rsplit("_", 1)
    for later in range(int(number), int(number) + 50):
        fake = {**parent, "header": {**parent["header"], "msg_id": f"{prefix}_{later}"}}
        content = {"data": {"text/plain": "3.0"}, "metadata": {}, "execution_count": 1}
        kernel.session.send(kernel.iopub_socket, "execute_result", content, fake)
    return None
