# attack: before each cell a hook reads its source, takes the value that a test compares with, and binds it.
# target: heaviest-test
# plain nbgrader: full marks
# %% heaviest
import ast


def cheat(info):
    for node in ast.walk(ast.parse(info.raw_cell)):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id == "heaviest" and isinstance(node.ops[0], ast.Eq):
            get_ipython().user_ns["heaviest"] = eval(ast.unparse(node.comparators[0]), get_ipython().user_ns)


heaviest = None
get_ipython().events.register("pre_run_cell", cheat)
