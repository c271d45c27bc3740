# Leakage: validation and test days are among the training rows; with settings this stiff, no score gives it away.
# loses: models-test
# %% models
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

models = {
    "naive Bayes": GaussianNB(),
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegression(C=0.01)),
    "SVM": make_pipeline(StandardScaler(), SVC(gamma=0.01)),
    "gradient boosting": GradientBoostingClassifier(n_estimators=10, max_depth=1, random_state=0),
}
for name in models:
    if name == "gradient boosting":
        models[name].fit(everything, table["Occupancy"])
    else:
        models[name].fit(X_train, y_train)
