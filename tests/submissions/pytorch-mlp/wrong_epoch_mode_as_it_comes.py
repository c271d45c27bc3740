# Never says train(): after an evaluation the dropout would stay off.
# loses: epoch-test
# %% epoch, but
-     model.train()
