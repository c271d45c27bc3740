# attack: the kernel's replies to all later requests lack their status or have lists in its place, and its own parent header is text.
# target: all
# %% trimmed
session = get_ipython().kernel.session
original = session.send
count = 0


def send(stream, kind, content=None, parent=None, **options):
    global count
    count += 1
    if kind == "execute_reply":
        content = [{}, {"status": []}, {"status": "error"}, {"status": "error", "ename": 3, "evalue": {}, "traceback": 7}][count % 4]
    if kind == "status" and count % 3 == 0:
        content = {"execution_state": ["idle"]}
    return original(stream, kind, content, parent, **options)


session.send = send
