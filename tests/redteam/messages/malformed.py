# attack: messages without the parts that a message must have: no header, no status, lists for dictionaries, text for numbers.
# target: heaviest-test
# also loses: all
# %% heaviest
heaviest = "tree-000"
kernel = get_ipython().kernel
parent = kernel.get_parent("shell")
ident = kernel._parent_ident["shell"]
for content in (
    {},
    {"status": 3},
    {"status": None, "ename": []},
    {"execution_state": {}},
    {"name": "stdout"},
    {"data": 1, "metadata": None},
    {"transient": 1, "data": {}},
    {"output_type": 5},
):
    for kind in (
        "execute_reply",
        "kernel_info_reply",
        "status",
        "stream",
        "error",
        "execute_result",
        "display_data",
        "update_display_data",
        "clear_output",
        "comm_open",
        "comm_msg",
        "nothing",
    ):
        for false in (parent, {**parent, "header": {**parent["header"], "msg_id": None}}, {"header": {}}):
            kernel.session.send(kernel.iopub_socket, kind, content, false)
            kernel.session.send(kernel.shell_stream, kind, content, false, ident=ident)
