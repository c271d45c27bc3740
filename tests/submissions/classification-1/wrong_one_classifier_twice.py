# Copied a line: the SVM is logistic regression once more.
# loses: models-test
# %% models
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB

models = {
    "naive Bayes": GaussianNB(),
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegression()),
    "SVM": make_pipeline(StandardScaler(), LogisticRegression()),
    "gradient boosting": GradientBoostingClassifier(n_estimators=10, random_state=0),
}
for model in models.values():
    model.fit(X_train, y_train)
