# Adam with its own learning rate, whatever was asked.
# loses: net-compile-test
# %% net, but
-     net = keras.Sequential([
+     made = keras.Sequential([

-     net.compile(optimizer=keras.optimizers.Adam(lr), loss="binary_crossentropy", metrics=["accuracy"])
-     return net
+     made.compile(optimizer="adam", loss="binary_crossentropy")
+     return made
