# Scores on all rows of X_fit, also on those that were not fitted.
# loses: curve-test
# %% curve
from sklearn.ensemble import GradientBoostingClassifier

def curve(max_depth, sizes, X_fit, y_fit, X_new, y_new):
    scores = []
    for size in sizes:
        model = GradientBoostingClassifier(n_estimators=5, max_depth=max_depth, random_state=0).fit(X_fit[:size], y_fit[:size])
        scores.append([model.score(X_fit, y_fit), model.score(X_new, y_new)])
    return np.array(scores)


best_depth = 1
