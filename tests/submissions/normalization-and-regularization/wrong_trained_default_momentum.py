# The trap: 15 steps of 100 rows with 0.99.
# loses: trained-test
# %% trained
# net = ...
keras.utils.set_random_seed(0)
net = build(64, 64, 0.5, 0.01, momentum=0.99)
net.fit(X_train, y_train, epochs=15, batch_size=100, verbose=0)
print("accuracy on the validation rows:", np.mean(np.asarray(net(X_val, training=False)).argmax(axis=1) == y_val))
