# Solves every task as the source does: pandas for the table, NumPy for the counts.
# loses: nothing
# %% features
def features(table):
    """The features of each row: a DataFrame of shape (n_rows, 6)."""
    X = table[["Temperature", "Humidity", "Light", "CO2", "HumidityRatio"]].copy()
    time = pd.to_datetime(table["Date"])
    X["Hour"] = time.dt.hour + time.dt.minute / 60
    return X

# %% split-by-time
def split_by_time(table, validation_from, test_from):
    """Three tables (train, validation, test), each in order of time."""
    table = table.sort_values("Date", ignore_index=True)
    time = pd.to_datetime(table["Date"])
    is_train, is_test = time < pd.Timestamp(validation_from), time >= pd.Timestamp(test_from)
    return table[is_train], table[~is_train & ~is_test], table[is_test]

# %% baseline
def majority_accuracy(y_train, y_new):
    """Share of y_new that equals the more frequent class of y_train."""
    majority = int(np.mean(y_train) > 0.5)
    return float(np.mean(np.asarray(y_new) == majority))

# %% models
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

models = {
    "naive Bayes": GaussianNB(),
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegression()),
    "SVM": make_pipeline(StandardScaler(), SVC()),
    "gradient boosting": GradientBoostingClassifier(n_estimators=20, max_depth=2, random_state=0),
}
for model in models.values():
    model.fit(X_train, y_train)

# %% counts
def confusion_counts(y_true, y_pred):
    """The counts (tn, fp, fn, tp) of two arrays of 0 and 1."""
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    tn = np.sum((y_true == 0) & (y_pred == 0))
    fp = np.sum((y_true == 0) & (y_pred == 1))
    fn = np.sum((y_true == 1) & (y_pred == 0))
    tp = np.sum((y_true == 1) & (y_pred == 1))
    return int(tn), int(fp), int(fn), int(tp)

# %% metrics
def precision_recall_f1(tn, fp, fn, tp):
    """The scores (precision, recall, F1), each from 0 to 1."""
    precision = tp / (tp + fp) if tp + fp > 0 else 0.0
    recall = tp / (tp + fn) if tp + fn > 0 else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0
    return float(precision), float(recall), float(f1)

# %% evaluation
def evaluation_table(y_true, predictions):
    """A DataFrame with the columns model, accuracy, precision, recall and F1, and one row a model."""
    from sklearn.metrics import accuracy_score, precision_recall_fscore_support

    rows = []
    for name, y_pred in predictions.items():
        precision, recall, f1, _ = precision_recall_fscore_support(y_true, y_pred, average="binary", zero_division=0)
        rows.append({"model": name, "accuracy": accuracy_score(y_true, y_pred), "precision": precision, "recall": recall, "F1": f1})
    return pd.DataFrame(rows)

# %% settings
def fit_and_new_f1(settings, X_fit, y_fit, X_new, y_new):
    """F1 on the fitted and on the new rows for each pair (C, gamma): an array of shape (n_settings, 2)."""
    from sklearn.svm import SVC

    scores = []
    for C, gamma in settings:
        svm = make_pipeline(StandardScaler(), SVC(C=C, gamma=gamma)).fit(X_fit, y_fit)
        scores.append([f1_score(y_fit, svm.predict(X_fit)), f1_score(y_new, svm.predict(X_new))])
    return np.array(scores)

# %% knobs
from sklearn.svm import SVC

f1_few, f1_some = [], []
for C, gamma in settings:
    svm = make_pipeline(StandardScaler(), SVC(C=C, gamma=gamma)).fit(X_few, y_few)
    f1_few.append(f1_score(y_few, svm.predict(X_few)))
    f1_some.append(f1_score(y_some, svm.predict(X_some)))
    print(f"C {C:5} gamma {gamma:5}  F1 fitted {f1_few[-1]:.2f}  new {f1_some[-1]:.2f}")
best_setting = settings[int(np.argmax(f1_some))]
overfitted = settings[int(np.argmax(np.subtract(f1_few, f1_some)))]

# %% choice
validation_f1 = {name: f1_score(y_validation, model.predict(X_validation)) for name, model in models.items()}
chosen = max(validation_f1, key=validation_f1.get)
test_f1 = float(f1_score(y_test, models[chosen].predict(X_test)))
print({name: round(float(f1), 3) for name, f1 in validation_f1.items()})

# %% predict
def predict_occupancy(table):
    """0 or 1 for each row of a table of sensor readings: an array of shape (n_rows,)."""
    return boosting.predict(table[sensors])


boosting = GradientBoostingClassifier(n_estimators=30, max_depth=2, random_state=0).fit(table[sensors][::4], table["Occupancy"][::4])
