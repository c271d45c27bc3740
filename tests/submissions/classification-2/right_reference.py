# Solves every task as the source does: pipelines for what is fitted, NumPy for what is counted.
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
    scaler = {"none": "passthrough", "standard": StandardScaler(), "min-max": MinMaxScaler()}[scaling]
    model = {"svc": SVC(), "tree": DecisionTreeClassifier(random_state=0)}[classifier]
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    scores = cross_val_score(make_pipeline(scaler, model), X, y, cv=folds)
    return float(scores.mean()), float(scores.std())

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
    grid = {"svc__C": [0.1, 1, 10, 100], "svc__gamma": [0.001, 0.01, 0.1, 1]}
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    search = GridSearchCV(make_pipeline(StandardScaler(), SVC()), grid, cv=folds).fit(X_train, y_train)
    return {"C": search.best_params_["svc__C"], "gamma": search.best_params_["svc__gamma"], "accuracy": float(search.best_score_)}

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
