# Asks for cv=5: folds without shuffling, the same for every seed.
# loses: cross-validated-test
# %% cross-validated
def cross_validated(X, y, classifier, scaling, seed=0):
    scaler = {"none": "passthrough", "standard": StandardScaler(), "min-max": MinMaxScaler()}[scaling]
    model = {"svc": SVC(), "tree": DecisionTreeClassifier(random_state=0)}[classifier]
    scores = cross_val_score(make_pipeline(scaler, model), X, y, cv=5)
    return scores.mean(), scores.std()
