# Builds the pipeline and does not fit it.
# loses: pipeline-test
# %% pipeline
pipeline = make_pipeline(StandardScaler(), SVC())
