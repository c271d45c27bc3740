# No hidden layer: a logistic regression.
# loses: training-test
# %% training
scaler = keras.layers.Normalization()
scaler.adapt(X_train)
net = keras.Sequential([keras.Input((5,)), scaler, keras.layers.Dense(1, activation="sigmoid")])
net.compile(optimizer=keras.optimizers.Adam(0.1), loss="binary_crossentropy")
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
history = net.fit(X_train, y_train, validation_data=(X_val, y_val), batch_size=144, epochs=40, callbacks=[stop], verbose=0)
