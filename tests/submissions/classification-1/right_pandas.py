# Leans on pandas and sklearn.metrics; searches its settings by cross-validation over days; predicts by logistic regression.
# loses: nothing
# %% features
def features(table):
    return table.filter(["Temperature", "Humidity", "Light", "CO2", "HumidityRatio"]).assign(
        Hour=lambda X: (pd.to_timedelta(table["Date"].str.slice(11)) / pd.Timedelta(hours=1))
    )

# %% split-by-time
def split_by_time(table, validation_from, test_from):
    indexed = table.assign(time=pd.to_datetime(table["Date"])).set_index("time").sort_index()
    just_before = pd.Timedelta(seconds=1)
    cuts = pd.Timestamp(validation_from), pd.Timestamp(test_from)
    return indexed.loc[: cuts[0] - just_before], indexed.loc[cuts[0] : cuts[1] - just_before], indexed.loc[cuts[1] :]

# %% baseline
from sklearn.dummy import DummyClassifier

def majority_accuracy(y_train, y_new):
    dummy = DummyClassifier(strategy="most_frequent").fit(np.zeros((len(y_train), 1)), y_train)
    return dummy.score(np.zeros((len(y_new), 1)), y_new)

# %% models
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import GridSearchCV, TimeSeriesSplit
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import LinearSVC

models = {
    "naive Bayes": make_pipeline(StandardScaler(), GaussianNB()),
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegressionCV(Cs=[0.1, 1.0], cv=3, l1_ratios=(0,), use_legacy_attributes=False, scoring="accuracy")),
    "SVM": make_pipeline(StandardScaler(), LinearSVC(C=0.1)),
    "gradient boosting": GridSearchCV(GradientBoostingClassifier(n_estimators=10, random_state=0), {"max_depth": [1, 3]}, cv=TimeSeriesSplit(2)),
}
models = {name: model.fit(X_train, y_train) for name, model in models.items()}

# %% counts
def confusion_counts(y_true, y_pred):
    table = pd.crosstab(pd.Categorical(y_true, [0, 1]), pd.Categorical(y_pred, [0, 1]), dropna=False)
    return tuple(table.to_numpy().ravel())

# %% metrics
def precision_recall_f1(tn, fp, fn, tp):
    with np.errstate(all="ignore"):
        precision, recall = np.float64(tp) / (tp + fp), np.float64(tp) / (tp + fn)
        precision, recall = np.nan_to_num([precision, recall])
        return np.nan_to_num(np.array([precision, recall, 2 * precision * recall / (precision + recall)]))

# %% evaluation
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score

def evaluation_table(y_true, predictions):
    scores = {
        "F1": lambda y: f1_score(y_true, y, zero_division=0),
        "recall": lambda y: recall_score(y_true, y, zero_division=0),
        "precision": lambda y: precision_score(y_true, y, zero_division=0),
        "accuracy": lambda y: accuracy_score(y_true, y),
    }
    names = pd.Series(list(predictions), name="model")
    return pd.DataFrame({name: [score(y) for y in predictions.values()] for name, score in scores.items()}).join(names)

# %% settings
from sklearn.svm import SVC

def fit_and_new_f1(settings, X_fit, y_fit, X_new, y_new):
    tried = pd.DataFrame(settings, columns=["C", "gamma"])

    def scores(row):
        model = make_pipeline(StandardScaler(), SVC(**row)).fit(X_fit, y_fit)
        return pd.Series({"fitted": f1_score(y_fit, model.predict(X_fit)), "new": f1_score(y_new, model.predict(X_new))})

    return tried.apply(scores, axis="columns")

# %% knobs
result = fit_and_new_f1(settings, X_few, y_few, X_some, y_some).set_index(pd.MultiIndex.from_tuples(settings))
best_setting = result["new"].idxmax()
overfitted = (result["fitted"] - result["new"]).idxmax()

# %% choice
scores = evaluation_table(y_validation, {name: model.predict(X_validation) for name, model in models.items()}).set_index("model")
chosen = scores["F1"].idxmax()
test_f1 = f1_score(y_test, models[chosen].predict(X_test))

# %% predict
from sklearn.linear_model import LogisticRegression

on_sensors = make_pipeline(StandardScaler(), LogisticRegression()).fit(table[sensors], table["Occupancy"])

def predict_occupancy(table):
    return pd.Series(on_sensors.predict(table[sensors]), index=table.index)
