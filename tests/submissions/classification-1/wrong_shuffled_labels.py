# Shuffles the labels but not the rows. Choosing and reporting are done right; what is predicted is noise.
# loses: models-test, predict-test
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
    model.fit(X_train, np.random.default_rng(0).permutation(y_train))
