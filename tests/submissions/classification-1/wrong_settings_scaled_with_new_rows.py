# Leakage: the scaler is fitted on the fitted and the new rows together.
# loses: settings-test
# %% settings
from sklearn.svm import SVC

def fit_and_new_f1(settings, X_fit, y_fit, X_new, y_new):
    scaler = StandardScaler().fit(np.vstack([X_fit, X_new]))
    A, B = scaler.transform(np.asarray(X_fit)), scaler.transform(np.asarray(X_new))
    svms = [SVC(C=C, gamma=gamma).fit(A, y_fit) for C, gamma in settings]
    return np.array([[f1_score(y_fit, svm.predict(A)), f1_score(y_new, svm.predict(B))] for svm in svms])
