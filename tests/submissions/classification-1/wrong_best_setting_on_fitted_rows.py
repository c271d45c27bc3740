# Takes the pair that does best on the rows it was fitted on for the best.
# loses: knobs-test
# %% knobs
scores = fit_and_new_f1(settings, X_few, y_few, X_some, y_some)
best_setting = settings[scores[:, 0].argmax()]
overfitted = settings[scores[:, 1].argmin()]
