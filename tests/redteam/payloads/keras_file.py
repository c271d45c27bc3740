# attack: layers whose configuration is a path: a saved model to load, a vocabulary file to read.
# assignment: network
# target: net-test
# %% net
net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
config = net.get_config()
config["layers"].append(
    {"module": "keras.layers", "class_name": "StringLookup", "config": {"name": "lookup", "vocabulary": "/etc/passwd"}, "registered_name": None}
)
config["layers"].append(
    {"module": "keras.layers", "class_name": "TFSMLayer", "config": {"name": "saved", "filepath": "@COURSE@"}, "registered_name": None}
)
net.get_config = lambda: config
