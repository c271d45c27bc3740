# A merge that sorts by the hour: right values, shuffled rows.
# loses: baselines-test
# %% baselines, but
-     by_hour = train.groupby("hr")["cnt"].mean()
-     return test["hr"].map(by_hour).fillna(train["cnt"].mean()).to_numpy()
+     means = train.groupby("hr")["cnt"].mean().rename("guess").reset_index()
+     return means.merge(test[["hr"]], on="hr", how="right", sort=True).sort_values("hr")["guess"].to_numpy()
