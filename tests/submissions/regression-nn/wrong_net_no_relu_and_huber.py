# The hidden layers have no activation; the Huber loss aims at something between mean and median.
# loses: net-layers-test, net-compile-test
# %% net, but
-         made.add(keras.layers.Dense(width, activation="relu"))
+         made.add(keras.layers.Dense(width))

-     made.compile(optimizer=keras.optimizers.Adam(lr), loss="mean_squared_error")
+     made.compile(optimizer=keras.optimizers.Adam(lr), loss="huber")
