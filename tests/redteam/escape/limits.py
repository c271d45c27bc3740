# attack: the limits of the process are raised again, its priority too.
# target: heaviest-test
# destructive
# %% heaviest
import os
import resource

heaviest = "tree-000"
for name in ("RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_DATA"):
    kind = getattr(resource, name)
    soft, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:
        continue
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print("ESCAPED: raised", name)
    except (OSError, ValueError):
        pass
try:
    os.nice(-10)
    print("ESCAPED: a higher priority")
except OSError:
    pass
