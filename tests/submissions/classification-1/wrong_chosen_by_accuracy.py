# Compares the validation accuracies.
# loses: choice-test
# %% choice
chosen = max(models, key=lambda name: np.mean(models[name].predict(X_validation) == y_validation))
test_f1 = f1_score(y_test, models[chosen].predict(X_test))
