# Solves every task as the source does; where the source searches with scikit-learn, it loops, which is cheaper.
# loses: nothing
# %% standardise
def standardise(X_train, X_test):
    """Both arrays, standardised with the mean and standard deviation of the training rows."""
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    spread = np.where(spread == 0, 1.0, spread)
    return (X_train - mean) / spread, (X_test - mean) / spread

# %% pipeline
pipeline = make_pipeline(StandardScaler(), SVC())
pipeline.fit(X_train, y_train)

# %% cross-validated
def cross_validated(X, y, classifier, scaling, seed=0):
    """Mean and standard deviation of the accuracy over five folds."""
    scores = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y):
        A, B = X[train], X[test]
        if scaling != "none":
            scaler = (StandardScaler() if scaling == "standard" else MinMaxScaler()).fit(A)
            A, B = scaler.transform(A), scaler.transform(B)
        model = SVC() if classifier == "svc" else DecisionTreeClassifier(random_state=0)
        scores.append(np.mean(model.fit(A, y[train]).predict(B) == y[test]))
    return float(np.mean(scores)), float(np.std(scores, ddof=1))

# %% min-max
def min_max(X_train, X_test):
    """Both arrays, scaled so that each feature of the training rows runs from 0 to 1."""
    smallest, width = X_train.min(axis=0), np.ptp(X_train, axis=0)
    width = np.where(width == 0, 1.0, width)
    return (X_train - smallest) / width, (X_test - smallest) / width

# %% units
def share_changed(classifier, X_train, y_train, X_test, factors):
    """Share of the test rows that get another class when the units of the features change."""
    def predict(factors):
        model = {"svc": SVC(), "neighbours": KNeighborsClassifier(), "tree": DecisionTreeClassifier(random_state=0)}[classifier]
        return model.fit(X_train * factors, y_train).predict(X_test * factors)

    return float(np.mean(predict(1.0) != predict(np.asarray(factors))))

# %% honest
def honest_accuracy(X, y, k=20, seed=0):
    """Mean cross-validated accuracy; scaling and selection see only the training rows of each fold."""
    model = make_pipeline(StandardScaler(), SelectKBest(f_classif, k=k), SVC())
    return float(cross_val_score(model, X, y, cv=StratifiedKFold(5, shuffle=True, random_state=seed)).mean())

# %% tune
def tune(X_train, y_train):
    """The best C and gamma, and their cross-validated accuracy, as a dictionary."""
    pairs = [(C, gamma) for C in (0.1, 1, 10, 100) for gamma in (0.001, 0.01, 0.1, 1)]
    scores = np.zeros((5, len(pairs)))
    for row, (train, test) in zip(scores, StratifiedKFold(5, shuffle=True, random_state=0).split(X_train, y_train)):
        scaler = StandardScaler().fit(X_train[train])
        A, B = scaler.transform(X_train[train]), scaler.transform(X_train[test])
        row[:] = [np.mean(SVC(C=C, gamma=gamma).fit(A, y_train[train]).predict(B) == y_train[test]) for C, gamma in pairs]
    best = int(np.argmax(scores.mean(axis=0)))
    return {"C": pairs[best][0], "gamma": pairs[best][1], "accuracy": float(scores.mean(axis=0)[best])}

# %% confusion
def confusion(y_true, y_pred, n_classes):
    """The confusion matrix: rows are true classes, columns are predicted ones."""
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix

# %% recall
def recall_per_class(matrix):
    """The recall of each class, shape (n_classes,), from a confusion matrix whose rows are the true classes."""
    n_rows = matrix.sum(axis=1)
    return np.where(n_rows > 0, np.diag(matrix) / np.maximum(n_rows, 1), np.nan)

# %% report
def report(matrix):
    """Precision, recall and F1 of each class, shape (n_classes, 3), from a confusion matrix whose rows are the true classes."""
    matrix = np.asarray(matrix)
    hits, rows, columns = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    above, below = np.column_stack([hits, hits, 2 * hits]), np.column_stack([columns, rows, rows + columns])
    return np.where(below > 0, above / np.maximum(below, 1), np.nan)

# %% curve
def curve(max_depth, sizes, X_fit, y_fit, X_new, y_new):
    """Accuracy on the fitted and on the new rows for each number of fitted rows: an array of shape (n_sizes, 2)."""
    from sklearn.ensemble import GradientBoostingClassifier

    scores = []
    for size in sizes:
        model = GradientBoostingClassifier(n_estimators=5, max_depth=max_depth, random_state=0).fit(X_fit[:size], y_fit[:size])
        scores.append([model.score(X_fit[:size], y_fit[:size]), model.score(X_new, y_new)])
    return np.array(scores)


by_depth = {depth: curve(depth, [len(X_train)], X_train, y_mixed, X_test, y_test)[0] for depth in (1, 3, 6)}
print({depth: scores.round(2).tolist() for depth, scores in by_depth.items()})
best_depth = max(by_depth, key=lambda depth: by_depth[depth][1])

# %% office
def scaled_f1(scaling, X_fit, y_fit, X_new, y_new):
    """F1 on the fitted rows and on the new rows."""
    from sklearn.metrics import f1_score

    scaler = {"none": "passthrough", "standard": StandardScaler(), "min-max": MinMaxScaler()}[scaling]
    model = make_pipeline(scaler, SVC(C=10)).fit(X_fit, y_fit)
    return f1_score(y_fit, model.predict(X_fit)), f1_score(y_new, model.predict(X_new))


by_scaling = {scaling: scaled_f1(scaling, X_office, y_office, X_later, y_later) for scaling in ("none", "standard", "min-max")}
for scaling, (fitted, later) in by_scaling.items():
    print(f"{scaling:8}  fitted {fitted:.2f}  later {later:.2f}")
office_scaling = max(by_scaling, key=lambda scaling: by_scaling[scaling][1])
