# Never calls fit. What is chosen among the models, and what is predicted with one, cannot be had without it.
# loses: models-test, choice-test, predict-test
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
