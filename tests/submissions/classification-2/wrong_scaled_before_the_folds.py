# Leakage: scales the whole table once, and cross-validates afterwards.
# loses: cross-validated-test
# %% cross-validated
def cross_validated(X, y, classifier, scaling, seed=0):
    if scaling != "none":
        X = (StandardScaler() if scaling == "standard" else MinMaxScaler()).fit_transform(X)
    model = SVC() if classifier == "svc" else DecisionTreeClassifier(random_state=0)
    scores = cross_val_score(model, X, y, cv=StratifiedKFold(5, shuffle=True, random_state=seed))
    return scores.mean(), scores.std()
