# Four of the five lines.
# loses: epoch-test
# %% epoch, but
-         optimizer.zero_grad()
