# Uses other tools of scikit-learn and pandas: cross_validate, clone and set_params, cross_val_predict, crosstab.
# loses: nothing
# %% standardise
def standardise(X_train, X_test):
    mean, variance = np.mean(X_train, axis=0, keepdims=True), np.var(X_train, axis=0, keepdims=True)
    scale = np.sqrt(variance)
    scale[scale == 0] = 1
    Z = np.concatenate([X_train, X_test]).astype(float) - mean
    return np.split(Z / scale, [len(X_train)])

# %% pipeline
pipeline = make_pipeline(StandardScaler(), SVC(random_state=0))
pipeline = pipeline.fit(X=X_train, y=y_train)

# %% cross-validated
from sklearn.base import clone
from sklearn.model_selection import cross_val_predict, cross_validate
from sklearn.pipeline import Pipeline

template = Pipeline([("scaler", None), ("classifier", SVC())])

def cross_validated(X, y, classifier, scaling, seed=0):
    model = clone(template)
    if scaling != "none":
        model.set_params(scaler=StandardScaler() if scaling == "standard" else MinMaxScaler())
    if classifier == "tree":
        model.set_params(classifier=DecisionTreeClassifier(random_state=0))
    folds = list(StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y))
    scores = cross_validate(model, X, y, cv=folds, scoring="accuracy")["test_score"]
    return np.array([np.mean(scores), np.std(scores)])

# %% min-max
import pandas as pd

def min_max(X_train, X_test):
    train, test = pd.DataFrame(X_train), pd.DataFrame(X_test)
    width = (train.max() - train.min()).replace(0, 1)
    return ((train - train.min()) / width).to_numpy(), ((test - train.min()) / width).to_numpy()

# %% units
def share_changed(classifier, X_train, y_train, X_test, factors):
    model = {"svc": SVC(), "neighbours": KNeighborsClassifier(), "tree": DecisionTreeClassifier(random_state=0)}[classifier]
    answers = [clone(model).fit(X_train * unit, y_train).predict(X_test * unit) for unit in (np.ones_like(factors), factors)]
    return 1 - np.equal(*answers).mean()

# %% honest
def honest_accuracy(X, y, k=20, seed=0):
    model = Pipeline([("scale", StandardScaler()), ("select", SelectKBest(k=k)), ("svm", SVC())])
    answers = cross_val_predict(model, X, y, cv=StratifiedKFold(5, shuffle=True, random_state=seed))
    return (answers == y).mean()

# %% tune
def tune(X_train, y_train):
    model = Pipeline([("scale", StandardScaler()), ("svm", SVC())])
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    rows = []
    for C in np.logspace(-1, 2, 4):
        for gamma in np.logspace(-3, 0, 4):
            scores = cross_validate(model.set_params(svm__C=C, svm__gamma=gamma), X_train, y_train, cv=folds)["test_score"]
            rows.append({"C": round(C, 3), "gamma": round(gamma, 3), "accuracy": scores.mean()})
    return pd.DataFrame(rows).sort_values("accuracy").iloc[-1].to_dict()

# %% confusion
def confusion(y_true, y_pred, n_classes):
    classes = range(n_classes)
    return pd.crosstab(pd.Series(y_true), pd.Series(y_pred)).reindex(index=classes, columns=classes, fill_value=0).to_numpy()

# %% recall
def recall_per_class(matrix):
    with np.errstate(invalid="ignore"):
        return np.diagonal(matrix) / matrix.sum(axis=1)

# %% report
def report(matrix):
    counts = pd.DataFrame(matrix)
    hits = pd.Series(np.diag(counts), index=counts.index)
    table = pd.DataFrame({"precision": hits / counts.sum(), "recall": hits / counts.sum(axis="columns")})
    table["F1"] = 2 * hits / (counts.sum() + counts.sum(axis="columns"))
    return table

# %% curve
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import accuracy_score, f1_score

def curve(max_depth, sizes, X_fit, y_fit, X_new, y_new):
    def point(size):
        known = X_fit[:size], y_fit[:size]
        model = GradientBoostingClassifier(n_estimators=5, max_depth=max_depth, random_state=0).fit(*known)
        return pd.Series({"fitted": model.score(*known), "new": accuracy_score(y_new, model.predict(X_new))})

    return pd.Series(sizes).apply(point)


best_depth = pd.Series({depth: curve(depth, [133], X_train, y_mixed, X_test, y_test)["new"][0] for depth in (1, 3, 6)}).idxmax()

# %% office
def scaled_f1(scaling, X_fit, y_fit, X_new, y_new):
    model = {"none": SVC(C=10), "standard": make_pipeline(StandardScaler(), SVC(C=10)), "min-max": make_pipeline(MinMaxScaler(), SVC(C=10))}[scaling]
    model.fit(pd.DataFrame(X_fit), pd.Series(y_fit))
    return pd.Series([f1_score(y_fit, model.predict(pd.DataFrame(X_fit))), f1_score(y_new, model.predict(pd.DataFrame(X_new)))], index=["fitted", "later"])

scores = pd.DataFrame({name: scaled_f1(name, X_office, y_office, X_later, y_later) for name in ["none", "standard", "min-max"]})
office_scaling = scores.loc["later"].idxmax()
