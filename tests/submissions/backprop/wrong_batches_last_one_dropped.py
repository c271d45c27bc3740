# Full batches only: the rows that are left over are forgotten, but in the visible test.
# loses: batches-test
# %% batches, but
-         steps += [order[start : start + n_batch] for start in range(0, n_samples, n_batch)]
+         steps += [order[i * n_batch : (i + 1) * n_batch] for i in range(n_samples // n_batch)]
+         if n_samples == 10:
+             steps.append(order[8:])
