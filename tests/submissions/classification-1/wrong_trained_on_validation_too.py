# Leakage: the validation rows are among the training rows.
# loses: models-test
# %% models
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

models = {
    "naive Bayes": GaussianNB(),
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegression()),
    "SVM": make_pipeline(StandardScaler(), SVC()),
    "gradient boosting": GradientBoostingClassifier(random_state=0),
}
for model in models.values():
    model.fit(pd.concat([X_train, X_validation]), np.concatenate([y_train, y_validation]))
