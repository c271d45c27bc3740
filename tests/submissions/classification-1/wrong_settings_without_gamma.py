# Turns one of the two knobs only.
# loses: settings-test
# %% settings
from sklearn.svm import SVC

def fit_and_new_f1(settings, X_fit, y_fit, X_new, y_new):
    scores = []
    for C, gamma in settings:
        svm = make_pipeline(StandardScaler(), SVC(C=C)).fit(X_fit, y_fit)
        scores.append([f1_score(y_fit, svm.predict(X_fit)), f1_score(y_new, svm.predict(X_new))])
    return np.array(scores)
