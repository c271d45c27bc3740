# attack: messages with a wrong signature, of no parts, of bytes that are no JSON, and the same message sent twice.
# target: heaviest-test
# also loses: all
# %% heaviest
import os

heaviest = "tree-000"
kernel = get_ipython().kernel
ident = kernel._parent_ident["shell"]
whole = kernel.session.serialize(kernel.session.msg("status", {"execution_state": "idle"}, parent=kernel.get_parent("shell")))
for parts in (
    [b""],
    [b"<IDS|MSG>"],
    [b"<IDS|MSG>", b"0" * 64, b"{}", b"{}", b"{}", b"{}"],
    [b"<IDS|MSG>", b"", b"[" * 10_000, b"{}", b"{}", b"{}"],
    [os.urandom(100)] * 10,
    whole,
    whole,
    [b"<IDS|MSG>", *whole[1:3], b"null", *whole[4:]],
):
    kernel.iopub_socket.send_multipart(parts)
    kernel.shell_stream.send_multipart([*(ident or []), *parts])
