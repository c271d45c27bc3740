# Reports the score by which the model was chosen, not that on the test rows.
# loses: choice-test
# %% choice
validation_table = evaluation_table(y_validation, {name: model.predict(X_validation) for name, model in models.items()})
chosen = validation_table.loc[validation_table["F1"].idxmax(), "model"]
test_f1 = validation_table["F1"].max()
