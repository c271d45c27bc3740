# Takes the first pair with the lowest score on new rows for overfitted; that one has not even learned the training rows.
# loses: knobs-test
# %% knobs
scores = fit_and_new_f1(settings, X_few, y_few, X_some, y_some)
best_setting = settings[scores[:, 1].argmax()]
overfitted = settings[scores[:, 1].argmin()]
