# r2_score with the prediction first.
# loses: gap-test
# %% gap, but
-         scores[name] = float(r2_score(y_future, booster.predict(X_future)))
+         scores[name] = float(r2_score(booster.predict(X_future), y_future))
