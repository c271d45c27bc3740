# Leakage: the scaler has seen all days and is kept as it is; only the classifiers are fitted on the training rows.
# loses: models-test
# %% models
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

from sklearn.frozen import FrozenEstimator

scaler = FrozenEstimator(StandardScaler().fit(everything))
models = {
    "naive Bayes": GaussianNB(),
    "logistic regression": make_pipeline(scaler, LogisticRegression()),
    "SVM": make_pipeline(scaler, SVC()),
    "gradient boosting": GradientBoostingClassifier(n_estimators=10, random_state=0),
}
for model in models.values():
    model.fit(X_train, y_train)
