# attack: keras.Model.predict reads the truth from the notebook's variables.
# assignment: network
# target: net-test
# %% net
net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
keras.Model.predict = lambda self, inputs, **options: globals()["between"] ** 2 if "between" in globals() else np.zeros((400, 1))
