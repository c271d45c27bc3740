# Fits on the new rows before it scores them.
# loses: settings-test
# %% settings
from sklearn.svm import SVC

def fit_and_new_f1(settings, X_fit, y_fit, X_new, y_new):
    def f1(svm, X, y):
        return f1_score(y, svm.fit(X, y).predict(X))

    svms = [make_pipeline(StandardScaler(), SVC(C=C, gamma=gamma)) for C, gamma in settings]
    return np.array([[f1(svm, X_fit, y_fit), f1(svm, X_new, y_new)] for svm in svms])
