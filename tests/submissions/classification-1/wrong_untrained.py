# Never calls fit.
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
