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

# %% report
def report(matrix):
    n, lines = len(matrix), []
    for i in range(n):
        hits, row, column = matrix[i][i], sum(matrix[i]), sum(matrix[k][i] for k in range(n))
        line = []
        for above, below in ((hits, column), (hits, row), (2 * hits, row + column)):
            line.append(above / below if below else float("nan"))
        lines.append(line)
    return lines

# %% curve
from sklearn.ensemble import GradientBoostingClassifier

def curve(max_depth, sizes, X_fit, y_fit, X_new, y_new):
    points = []
    for size in sizes:
        model = GradientBoostingClassifier(n_estimators=5, max_depth=max_depth, random_state=0)
        model.fit(X_fit[:size, :], y_fit[:size])
        old = sum(1 for a, b in zip(model.predict(X_fit[:size]), y_fit) if a == b) / size
        new = sum(1 for a, b in zip(model.predict(X_new), y_new) if a == b) / len(y_new)
        points.append((old, new))
    return points


best_depth, best_score = None, 0
for depth in (6, 3, 1):
    score = curve(depth, [len(y_mixed)], X_train, y_mixed, X_test, y_test)[0][1]
    if score > best_score:
        best_depth, best_score = depth, score

# %% office
def f1_by_hand(truth, answer):
    hits = sum(1 for t, a in zip(truth, answer) if t == a == 1)
    return 2 * hits / (sum(truth) + sum(answer))


def scaled_f1(scaling, X_fit, y_fit, X_new, y_new):
    if scaling == "standard":
        A, B = standardise(X_fit, X_new)
    elif scaling == "min-max":
        A, B = min_max(X_fit, X_new)
    else:
        A, B = X_fit, X_new
    machine = SVC(C=10).fit(A, y_fit)
    return [f1_by_hand(y_fit, machine.predict(A)), f1_by_hand(y_new, machine.predict(B))]


office_scaling, highest = None, 0
for name in ("standard", "min-max", "none"):
    fitted, later = scaled_f1(name, X_office, y_office, X_later, y_later)
    if later > highest:
        office_scaling, highest = name, later
