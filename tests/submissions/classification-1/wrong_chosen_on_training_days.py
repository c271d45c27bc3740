# Trusts the score on the rows that the models were fitted on.
# loses: choice-test
# %% choice
chosen = max(models, key=lambda name: f1_score(y_train, models[name].predict(X_train)))
test_f1 = f1_score(y_test, models[chosen].predict(X_test))
