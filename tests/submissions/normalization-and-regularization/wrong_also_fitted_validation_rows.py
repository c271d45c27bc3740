# Fits the validation rows as well.
# loses: trained-test
# %% trained
# net = ...
keras.utils.set_random_seed(0)
L = keras.layers
net = keras.Sequential([keras.Input((64,)), L.Dense(64, use_bias=False), L.BatchNormalization(momentum=0.8), L.ReLU(), L.Dropout(0.5), L.Dense(10, activation="softmax")])
net.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
net.fit(np.vstack([X_train, X_val]), np.concatenate([y_train, y_val]), epochs=12, batch_size=100, verbose=0)
print("accuracy on the validation rows:", np.mean(np.asarray(net(X_val, training=False)).argmax(axis=1) == y_val))
