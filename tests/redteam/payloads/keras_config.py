# attack: a model whose configuration names modules and functions of the operating system as its layers.
# assignment: network
# target: net-test
# %% net
import json as real_json

net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
evil = {"module": "os", "class_name": "system", "config": "touch @COURSE@/escaped", "registered_name": None}
false = {
    "name": "sequential",
    "layers": [{"module": "builtins", "class_name": "exec", "config": {"name": "print('ESCAPED')"}, "registered_name": "exec"}, evil],
}
net.get_config = lambda: false
net.to_json = lambda **options: real_json.dumps({"module": "keras", "class_name": "Sequential", "config": false, "registered_name": None})
net.get_compile_config = net.get_build_config = lambda: {"optimizer": evil, "loss": evil, "metrics": [evil]}
