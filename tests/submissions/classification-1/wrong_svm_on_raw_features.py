# Scales for logistic regression and forgets the SVM, or thinks that it needs none.
# loses: models-test
# %% models
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

models = dict.fromkeys(["naive Bayes", "logistic regression", "SVM", "gradient boosting"])
models["naive Bayes"] = GaussianNB().fit(X_train, y_train)
models["logistic regression"] = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train)
models["SVM"] = SVC(C=10).fit(X_train, y_train)
models["gradient boosting"] = GradientBoostingClassifier(n_estimators=10, random_state=0).fit(X_train, y_train)
