# The validation rows are among the training rows.
# loses: training-test
# %% training
keras.utils.set_random_seed(0)
net = keras.Sequential([keras.Input((16,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
net.compile(optimizer=keras.optimizers.Adam(0.03), loss="mse")
stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
history = net.fit(np.vstack([X_train, X_val]), np.hstack([z_train, z_val]), validation_data=(X_val, z_val), batch_size=64, validation_batch_size=2000, epochs=10, callbacks=[stop], verbose=0)
