# attack: keras.losses.mean_squared_error and keras.ops.mean are replaced.
# assignment: network
# target: net-test
# %% net
net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
keras.losses.mean_squared_error = lambda *arguments: 0.0
keras.ops.mean = lambda value: 0.0
