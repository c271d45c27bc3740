# Answers of the right shape that are worth nothing: what an attack falls back on in the cells whose tests it attacks.
# %% trimmed
def trimmed_mean(values, share):
    return 0.0


# %% heaviest
heaviest = trees["name"].iloc[0]
# %% per-sort
per_sort = pd.DataFrame({"mean": 0.0, "largest": 0.0}, index=["Boskoop", "Cox", "Elstar", "Idared"])
# %% model
from sklearn.dummy import DummyRegressor

model = DummyRegressor().fit(trees[INPUTS], trees["crop"])


# %% root
def root(f, low, high):
    return low


# %% record
def as_json(table):
    return "[]"


# %% ripe
def is_ripe(colour, firmness):
    return None


# %% old
old = ["tree-000"]
# %% net
net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
