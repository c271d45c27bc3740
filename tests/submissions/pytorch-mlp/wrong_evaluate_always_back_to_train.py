# Puts every model into training mode at the end.
# loses: evaluate-test
# %% evaluate, but
-     was_training = model.training

-     model.train(was_training)
+     model.train()
