# Of an array that is float32 already, as_tensor makes no copy: the steps change the caller's array. Right for the visible one.
# loses: descend-test
# %% descend, but
-     w = torch.tensor(w, dtype=torch.float32, requires_grad=True)
+     w = torch.as_tensor(w, dtype=torch.float32).requires_grad_()
