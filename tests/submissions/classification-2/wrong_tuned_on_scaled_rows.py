# Leakage: scales all training rows first and searches afterwards, so that each validation fold has been seen by the scaler.
# loses: tune-test
# %% tune
def tune(X_train, y_train):
    grid = {"C": [0.1, 1, 10, 100], "gamma": [0.001, 0.01, 0.1, 1]}
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    search = GridSearchCV(SVC(), grid, cv=folds).fit(StandardScaler().fit_transform(X_train), y_train)
    return {**search.best_params_, "accuracy": search.best_score_}
