# The name and all else that a layer is given is dropped.
# loses: layer-test
# %% layer, but
-         super().__init__(**kwargs)
+         super().__init__(name="closeness")

-         self.w = self.add_weight(shape=(input_shape[0][-1],), initializer="ones", name="w")
+         self.w = self.add_weight(shape=(input_shape[0][-1],), initializer="ones")

-         return {**super().get_config(), "sharpness": self.sharpness}
+         return {"sharpness": self.sharpness}
