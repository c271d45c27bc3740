# Scales the rows by hand and then fits the pipeline on them: raw rows of later wines are strangers to it.
# loses: pipeline-test
# %% pipeline
pipeline = make_pipeline(StandardScaler(), SVC()).fit(StandardScaler().fit_transform(X_train), y_train)
