# The inputs with the lowest training score.
# loses: encoding-test
# %% compare, but
-
+
+

- print(pd.DataFrame(scores).T.round(1))
- best_inputs = min(scores, key=lambda name: scores[name]["validation"])
+ best_inputs = min(scores, key=lambda name: scores[name]["training"])
