# Leakage: puts the scaler into the pipeline, but chooses the features with all labels.
# loses: honest-test
# %% honest
def honest_accuracy(X, y, k=20, seed=0):
    X = SelectKBest(f_classif, k=k).fit_transform(X, y)
    model = make_pipeline(StandardScaler(), SVC())
    return cross_val_score(model, X, y, cv=StratifiedKFold(5, shuffle=True, random_state=seed)).mean()
