# A sigmoid in the last layer, and a loss that is told to apply it again.
# loses: net-compile-test
# %% net, but
-     net = keras.Sequential([
+     made = keras.Sequential([

-     net.compile(optimizer=keras.optimizers.Adam(lr), loss="binary_crossentropy", metrics=["accuracy"])
-     return net
+     made.compile(optimizer=keras.optimizers.Adam(lr), loss=keras.losses.BinaryCrossentropy(from_logits=True))
+     return made
