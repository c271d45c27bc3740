# The sharpness is not in the configuration, so that a loaded layer has 1 again.
# loses: layer-test
# %% layer, but
-         self.w = self.add_weight(shape=(input_shape[0][-1],), initializer="ones", name="w")
+         self.w = self.add_weight(shape=(input_shape[0][-1],), initializer="ones")

-         return {**super().get_config(), "sharpness": self.sharpness}
+         return super().get_config()
