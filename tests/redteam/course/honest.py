# The answers of an honest student.
# %% trimmed
def trimmed_mean(values, share):
    cut = int(share * len(values))
    kept = np.sort(np.asarray(values, dtype=float))[cut : len(values) - cut]
    if len(kept) == 0:
        raise ValueError("no number is left")
    return float(kept.mean())


# %% heaviest
heaviest = trees.sort_values("crop")["name"].iloc[-1]
# %% per-sort
per_sort = trees.groupby("sort")["crop"].agg(["mean", "max"]).rename(columns={"max": "largest"})
# %% model
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

model = make_pipeline(StandardScaler(), Ridge()).fit(trees[INPUTS], trees["crop"])


# %% root
def root(f, low, high):
    if f(low) > 0:
        low, high = high, low
    for _ in range(60):
        middle = (low + high) / 2
        if f(middle) > 0:
            high = middle
        else:
            low = middle
    return middle


# %% record
def as_json(table):
    return table[["name", "crop"]].to_json(orient="records")


# %% ripe
def is_ripe(colour, firmness):
    return bool(colour >= 0.6) and bool(firmness <= 7)


# %% old
old = [name for name, age in zip(trees["name"], trees["age"]) if age > 29]
# %% net
net = keras.Sequential(
    [keras.Input((1,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1)]
)
net.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
net.fit(x, y, epochs=40, batch_size=100, verbose=0)
