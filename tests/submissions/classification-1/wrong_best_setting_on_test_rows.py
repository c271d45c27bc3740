# Tries the settings on the test days.
# loses: knobs-test
# %% knobs
scores = fit_and_new_f1(settings, X_few, y_few, X_test, y_test)
best_setting = settings[scores[:, 1].argmax()]
overfitted = settings[(scores[:, 0] - scores[:, 1]).argmax()]
