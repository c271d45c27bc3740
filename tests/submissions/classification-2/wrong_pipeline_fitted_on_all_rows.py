# Leakage: the test rows are among the training rows.
# loses: pipeline-test
# %% pipeline
pipeline = make_pipeline(StandardScaler(), SVC()).fit(X, y)
