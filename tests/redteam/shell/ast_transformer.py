# attack: an AST transformer empties every later cell.
# target: all
# plain nbgrader: full marks
# %% trimmed
import ast


class Nothing(ast.NodeTransformer):
    def visit_Module(self, node):
        node.body = []
        return node


get_ipython().ast_transformers.append(Nothing())
