# Trusts the score on the rows that were fitted, wrong labels and all.
# loses: curve-test
# %% curve
from sklearn.ensemble import GradientBoostingClassifier

def curve(max_depth, sizes, X_fit, y_fit, X_new, y_new):
    scores = []
    for size in sizes:
        model = GradientBoostingClassifier(n_estimators=5, max_depth=max_depth, random_state=0).fit(X_fit[:size], y_fit[:size])
        scores.append([model.score(X_fit[:size], y_fit[:size]), model.score(X_new, y_new)])
    return np.array(scores)


best_depth = max((1, 3, 6), key=lambda depth: curve(depth, [len(X_train)], X_train, y_mixed, X_test, y_test)[0, 0])
