# Works with plain Python: slices of the date string, loops that count, a forest trained on every row.
# loses: nothing
# %% features
def features(table):
    wanted = {name: table[name].tolist() for name in ["Temperature", "Humidity", "Light", "CO2", "HumidityRatio"]}
    wanted["Hour"] = [int(date[11:13]) + int(date[14:16]) / 60 for date in table["Date"]]
    return pd.DataFrame(wanted)

# %% split-by-time
def split_by_time(table, validation_from, test_from):
    rows = sorted(table.to_dict("records"), key=lambda row: row["Date"])
    parts = [[], [], []]
    for row in rows:
        day = row["Date"][:10]
        parts[(day >= validation_from) + (day >= test_from)].append(row)
    return [pd.DataFrame(part, columns=list(table)) for part in parts]

# %% baseline
def majority_accuracy(y_train, y_new):
    ones = sum(1 for y in y_train if y == 1)
    answer = 1 if ones > len(y_train) - ones else 0
    return sum(1 for y in y_new if y == answer) / len(y_new)

# %% models
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

models = {}
models["SVM"] = Pipeline([("scale", MinMaxScaler()), ("svm", SVC(C=10.0, gamma=1.0))]).fit(X_train, y_train)
models["gradient boosting"] = GradientBoostingClassifier(n_estimators=20, max_depth=2, subsample=0.8, random_state=3).fit(X_train, y_train)
models["naive Bayes"] = GaussianNB(var_smoothing=1e-6).fit(X_train, y_train)
models["logistic regression"] = Pipeline([("scale", StandardScaler()), ("lr", LogisticRegression(C=0.1, class_weight="balanced"))]).fit(X_train, y_train)

# %% counts
def confusion_counts(y_true, y_pred):
    counts = {(0, 0): 0, (0, 1): 0, (1, 0): 0, (1, 1): 0}
    for truth, call in zip(y_true, y_pred):
        counts[int(truth), int(call)] += 1
    return counts[0, 0], counts[0, 1], counts[1, 0], counts[1, 1]

# %% metrics
def precision_recall_f1(tn, fp, fn, tp):
    def ratio(a, b):
        return a / b if b else 0.0

    return [ratio(tp, tp + fp), ratio(tp, tp + fn), ratio(2 * tp, 2 * tp + fp + fn)]

# %% evaluation
def evaluation_table(y_true, predictions):
    result = pd.DataFrame(columns=["model", "accuracy", "precision", "recall", "F1"])
    for name in predictions:
        tn, fp, fn, tp = confusion_counts(y_true, predictions[name])
        result.loc[len(result)] = [name, (tn + tp) / (tn + fp + fn + tp), *precision_recall_f1(tn, fp, fn, tp)]
    return result

# %% settings
def fit_and_new_f1(settings, X_fit, y_fit, X_new, y_new):
    result = []
    for pair in settings:
        scaler = StandardScaler()
        scaler.fit(X_fit)
        svm = SVC(C=pair[0], gamma=pair[1])
        svm.fit(scaler.transform(X_fit), y_fit)
        row = []
        for X, y in ((X_fit, y_fit), (X_new, y_new)):
            row.append(precision_recall_f1(*confusion_counts(y, svm.predict(scaler.transform(X))))[2])
        result.append(row)
    return result

# %% knobs
table_of_scores = fit_and_new_f1(settings, X_few, y_few, X_some, y_some)
best_setting, overfitted = settings[0], settings[0]
highest, widest = table_of_scores[0][1], table_of_scores[0][0] - table_of_scores[0][1]
for pair, (old, new) in zip(settings, table_of_scores):
    if new > highest:
        highest, best_setting = new, pair
    if old - new > widest:
        widest, overfitted = old - new, pair

# %% choice
best, chosen = -1, None
for name in models:
    f1 = precision_recall_f1(*confusion_counts(y_validation, models[name].predict(X_validation)))[2]
    if f1 > best:
        best, chosen = f1, name
test_f1 = precision_recall_f1(*confusion_counts(y_test, models[chosen].predict(X_test)))[2]

# %% predict
from sklearn.ensemble import RandomForestClassifier

forest = RandomForestClassifier(20, min_samples_leaf=20, random_state=1).fit(features(table), table["Occupancy"])


def predict_occupancy(table):
    return forest.predict(features(table)).tolist()
