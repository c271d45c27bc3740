# attack: the function that serves the test's requests is replaced before the first test, and returns at once.
# target: all
# slow
# %% trimmed
import sys
import types

for name in ("autograder.examiner.agent", "autograder.examiner"):
    false = types.ModuleType(name)
    false.__path__ = []
    false.serve = false.attach = lambda *arguments, **options: None
    sys.modules[name] = false
sys.modules["autograder.examiner"].agent = sys.modules["autograder.examiner.agent"]
