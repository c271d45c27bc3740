# Classes of its own for scalers and trials, compact NumPy elsewhere; float32 and integers where others give floats.
# loses: nothing
# %% standardise
class Ruler:
    def __init__(self, X):
        self.zero, self.unit = self.measure(np.asarray(X, dtype=float))
        self.unit = np.where(self.unit > 0, self.unit, 1)

    def __call__(self, X):
        return (np.asarray(X, dtype=float) - self.zero) / self.unit


class Standard(Ruler):
    def measure(self, X):
        return X.mean(axis=0), X.std(axis=0)


class MinMax(Ruler):
    def measure(self, X):
        return X.min(axis=0), np.ptp(X, axis=0)


def standardise(X_train, X_test):
    ruler = Standard(X_train)
    return np.float32(ruler(X_train)), np.float32(ruler(X_test))

# %% pipeline
class Builder:
    def __init__(self, *steps):
        self.steps = steps

    def fit(self, X, y):
        return make_pipeline(*self.steps).fit(X, y)

pipeline = Builder(StandardScaler(), SVC()).fit(X_train, y_train)

# %% min-max
def min_max(X_train, X_test):
    ruler = MinMax(X_train)
    return ruler(X_train).tolist(), ruler(X_test).tolist()

# %% cross-validated
class Trial:
    rulers = {"none": lambda X: (lambda rows: rows), "standard": Standard, "min-max": MinMax}

    def __init__(self, X, y, seed):
        self.X, self.y = X, y
        self.folds = list(StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y))

    def scores(self, model, scaling="standard", chooser=None):
        for known, new in self.folds:
            ruler = self.rulers[scaling](self.X[known])
            A, B = ruler(self.X[known]), ruler(self.X[new])
            if chooser is not None:
                A, B = chooser.fit(A, self.y[known]).transform(A), chooser.transform(B)
            yield model.fit(A, self.y[known]).score(B, self.y[new])


def cross_validated(X, y, classifier, scaling, seed=0):
    model = {"svc": SVC(), "tree": DecisionTreeClassifier(random_state=0)}[classifier]
    scores = np.fromiter(Trial(X, y, seed).scores(model, scaling), np.float32)
    return scores.mean(), scores.std(ddof=1)

# %% units
class Laboratory:
    models = {"svc": SVC(), "neighbours": KNeighborsClassifier(), "tree": DecisionTreeClassifier(random_state=0)}

    def __init__(self, name, units):
        self.model, self.units = self.models[name], np.asarray(units)

    def answers(self, A, a, B):
        return self.model.fit(A * self.units, a).predict(B * self.units)

def share_changed(classifier, X_train, y_train, X_test, factors):
    ours, theirs = (Laboratory(classifier, units).answers(X_train, y_train, X_test) for units in (1, factors))
    return np.count_nonzero(ours - theirs) / ours.size

# %% honest
def honest_accuracy(X, y, k=20, seed=0):
    return np.mean([*Trial(X, y, seed).scores(SVC(), chooser=SelectKBest(f_classif, k=k))], dtype=np.float32)

# %% tune
def tune(X_train, y_train):
    trial = Trial(X_train, y_train, 0)
    accuracy, C, gamma = max((np.mean([*trial.scores(SVC(C=C, gamma=gamma))]), C, gamma) for C in (0.1, 1, 10, 100) for gamma in (0.001, 0.01, 0.1, 1))
    return dict(C=np.float32(C), gamma=gamma, accuracy=accuracy)

# %% confusion
def confusion(y_true, y_pred, n_classes):
    one_hot = np.eye(n_classes, dtype=int)
    return one_hot[y_true].T @ one_hot[y_pred]

# %% recall
def recall_per_class(matrix):
    return np.array([row[i] / row.sum() if row.any() else np.nan for i, row in enumerate(matrix)], dtype=np.float32)

# %% report
class Report:
    def __init__(self, matrix):
        self.hits, self.rows, self.columns = matrix.diagonal(), matrix.sum(1), matrix.sum(0)

    @staticmethod
    def ratio(above, below):
        return np.divide(above, below, out=np.full(len(below), np.nan, dtype=np.float32), where=below != 0, casting="unsafe")

    def table(self):
        pairs = (self.hits, self.columns), (self.hits, self.rows), (2 * self.hits, self.rows + self.columns)
        return np.transpose([self.ratio(*pair) for pair in pairs])

def report(matrix):
    return Report(matrix).table()

# %% curve
from sklearn.ensemble import GradientBoostingClassifier

class Forester:
    def __init__(self, depth):
        self.settings = dict(n_estimators=5, max_depth=depth, random_state=0)

    def point(self, A, a, B, b):
        model = GradientBoostingClassifier(**self.settings).fit(A, a)
        return model.score(A, a), model.score(B, b)

def curve(max_depth, sizes, X_fit, y_fit, X_new, y_new):
    return np.array([Forester(max_depth).point(X_fit[:n], y_fit[:n], X_new, y_new) for n in sizes], dtype=np.float32)

depths = np.array([1, 3, 6])
best_depth = depths[np.argmax([Forester(depth).point(X_train, y_mixed, X_test, y_test)[1] for depth in depths])]

# %% office
class Office:
    def __init__(self, scaling, X, y):
        self.ruler = Trial.rulers[scaling](X)
        self.svc = SVC(C=10).fit(self.ruler(X), y)

    def f1(self, X, y):
        called = self.svc.predict(self.ruler(X))
        return np.float32(2 * (called @ y) / (called.sum() + y.sum()))

def scaled_f1(scaling, X_fit, y_fit, X_new, y_new):
    office = Office(scaling, X_fit, y_fit)
    return np.array([office.f1(X_fit, y_fit), office.f1(X_new, y_new)])

names = np.array(list(Trial.rulers))
office_scaling = names[np.argmax([Office(name, X_office, y_office).f1(X_later, y_later) for name in names])]
