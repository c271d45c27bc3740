# attack: a configuration of a thousand billion weights, for which no weights are sent.
# assignment: network
# target: net-test
# %% net
net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
config = net.get_config()
config["layers"][-1]["config"]["units"] = 10**12
net.get_config = lambda: config
net.get_weights = lambda: [np.broadcast_to(np.float32(0), (1, 10**12)), np.broadcast_to(np.float32(0), (10**12,))]
