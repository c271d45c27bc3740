# Fits the scaler once more on the new rows.
# loses: settings-test
# %% settings
from sklearn.svm import SVC

def fit_and_new_f1(settings, X_fit, y_fit, X_new, y_new):
    A, B = StandardScaler().fit_transform(X_fit), StandardScaler().fit_transform(X_new)
    scores = []
    for C, gamma in settings:
        svm = SVC(C=C, gamma=gamma).fit(A, y_fit)
        scores.append((f1_score(y_fit, svm.predict(A)), f1_score(y_new, svm.predict(B))))
    return np.array(scores)
