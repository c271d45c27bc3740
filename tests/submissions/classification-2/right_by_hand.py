# Writes the loops itself: over columns, folds, pairs of the grid and rows; scales with NumPy inside each fold.
# loses: nothing
# %% standardise
def standardise(X_train, X_test):
    Z_train, Z_test = np.empty(X_train.shape), np.empty(X_test.shape)
    for j in range(X_train.shape[1]):
        mean = sum(X_train[:, j]) / len(X_train)
        spread = (sum((x - mean) ** 2 for x in X_train[:, j]) / len(X_train)) ** 0.5 or 1.0
        Z_train[:, j] = (X_train[:, j] - mean) / spread
        Z_test[:, j] = (X_test[:, j] - mean) / spread
    return Z_train, Z_test

# %% pipeline
from sklearn.pipeline import Pipeline

pipeline = Pipeline([("scale", StandardScaler()), ("svm", SVC(kernel="rbf", C=1.0))]).fit(X_train, y_train)

# %% cross-validated
def fold_accuracies(X, y, make_model, scale, seed):
    accuracies = []
    for train, test in StratifiedKFold(n_splits=5, shuffle=True, random_state=seed).split(X, y):
        Z_train, Z_test = scale(X[train], X[test])
        accuracies.append((make_model().fit(Z_train, y[train]).predict(Z_test) == y[test]).mean())
    return np.array(accuracies)


def cross_validated(X, y, classifier, scaling, seed=0):
    if scaling == "none":
        scale = lambda A, B: (A, B)
    elif scaling == "standard":
        scale = standardise
    else:
        scale = lambda A, B: ((A - A.min(0)) / (A.max(0) - A.min(0)), (B - A.min(0)) / (A.max(0) - A.min(0)))
    make_model = SVC if classifier == "svc" else lambda: DecisionTreeClassifier(random_state=0)
    accuracies = fold_accuracies(X, y, make_model, scale, seed)
    return [accuracies.mean(), accuracies.std()]

# %% min-max
def min_max(X_train, X_test):
    low, high = np.min(X_train, axis=0), np.max(X_train, axis=0)
    width = (high - low).astype(float)
    width[width == 0] = 1
    return [(X - low) / width for X in (X_train, X_test)]

# %% units
def share_changed(classifier, X_train, y_train, X_test, factors):
    makers = {"svc": SVC, "neighbours": KNeighborsClassifier, "tree": lambda: DecisionTreeClassifier(random_state=0)}
    before = makers[classifier]().fit(X_train, y_train).predict(X_test)
    units = np.diag(factors)
    after = makers[classifier]().fit(X_train @ units, y_train).predict(X_test @ units)
    return sum(a != b for a, b in zip(before, after)) / len(X_test)

# %% honest
def honest_accuracy(X, y, k=20, seed=0):
    def choose(A, B):
        train = choose.train
        scores = f_classif(A, y[train])[0]
        best = np.sort(np.argsort(scores)[-k:])
        return A[:, best], B[:, best]

    accuracies = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y):
        Z_train, Z_test = standardise(X[train], X[test])
        choose.train = train
        Z_train, Z_test = choose(Z_train, Z_test)
        accuracies.append(SVC().fit(Z_train, y[train]).score(Z_test, y[test]))
    return np.mean(accuracies)

# %% tune
def tune(X_train, y_train):
    best = {"accuracy": -1.0}
    for C in (100, 10, 1, 0.1):
        for gamma in (1, 0.1, 0.01, 0.001):
            accuracy = fold_accuracies(X_train, y_train, lambda: SVC(C=C, gamma=gamma), standardise, 0).mean()
            if accuracy > best["accuracy"]:
                best = {"C": C, "gamma": gamma, "accuracy": accuracy}
    return best

# %% confusion
def confusion(y_true, y_pred, n_classes):
    return [[sum(1 for t, p in zip(y_true, y_pred) if t == i and p == k) for k in range(n_classes)] for i in range(n_classes)]

# %% recall
def recall_per_class(matrix):
    recalls = []
    for i, row in enumerate(matrix):
        recalls.append(row[i] / sum(row) if sum(row) else float("nan"))
    return recalls
