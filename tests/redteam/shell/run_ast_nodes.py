# attack: run_ast_nodes is replaced by one that skips nodes which assert or raise.
# target: trimmed-test heaviest-test per-sort-test model-test root-test record-test
# plain nbgrader: full marks
# also loses: all
# %% trimmed
import ast

shell = get_ipython()
original = shell.run_ast_nodes


async def run_ast_nodes(nodelist, *arguments, **options):
    kept = [node for node in nodelist if not any(isinstance(part, (ast.Assert, ast.Call)) for part in ast.walk(node))]
    return await original(kept or ast.parse("0").body, *arguments, **{**options, "interactivity": "none"})


shell.run_ast_nodes = run_ast_nodes
