# Takes no_grad for all that is needed.
# loses: evaluate-test
# %% evaluate, but
-     was_training = model.training
-     model.eval()

-     model.train(was_training)
