# Leakage: the scaler has seen all days and is kept as it is; only the classifiers are fitted on the training rows.
# loses: models-test
# %% models, but
-
+
+ from sklearn.frozen import FrozenEstimator
+
+ scaler = FrozenEstimator(StandardScaler().fit(everything))

-     "logistic regression": make_pipeline(StandardScaler(), LogisticRegression()),
-     "SVM": make_pipeline(StandardScaler(), SVC()),
-     "gradient boosting": GradientBoostingClassifier(n_estimators=20, max_depth=2, random_state=0),
+     "logistic regression": make_pipeline(scaler, LogisticRegression()),
+     "SVM": make_pipeline(scaler, SVC()),
+     "gradient boosting": GradientBoostingClassifier(n_estimators=10, random_state=0),
