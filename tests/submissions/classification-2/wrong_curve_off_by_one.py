# Begins at row 1, not at row 0.
# loses: curve-test
# %% curve
from sklearn.ensemble import GradientBoostingClassifier

def curve(max_depth, sizes, X_fit, y_fit, X_new, y_new):
    scores = []
    for size in sizes:
        known = slice(1, size)
        model = GradientBoostingClassifier(n_estimators=5, max_depth=max_depth, random_state=0).fit(X_fit[known], y_fit[known])
        scores.append([model.score(X_fit[known], y_fit[known]), model.score(X_new, y_new)])
    return np.array(scores)


best_depth = 1
