# r2_score with the prediction first.
# loses: report-test
# %% report, but
-             "r2": float(r2_score(y_true, y_pred)),
+             "r2": float(r2_score(y_pred, y_true)),
