# The name and all else that a layer is given is dropped.
# loses: layer-test
# %% layer
@keras.saving.register_keras_serializable(package="office")
class Closeness(layers.Layer):
    def __init__(self, sharpness=1.0, **kwargs):
        super().__init__(name="closeness")
        self.sharpness = sharpness

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[0][-1],), initializer="ones")

    def call(self, inputs):
        a, b = inputs
        return keras.ops.exp(-self.sharpness * keras.ops.sum(self.w * (a - b) ** 2, axis=-1, keepdims=True))

    def get_config(self):
        return {"sharpness": self.sharpness}


def make_close(d, sharpness):
    a, b = keras.Input((d,)), keras.Input((d,))
    return keras.Model([a, b], Closeness(sharpness, name="closeness")([a, b]))


def reload(path):
    return keras.saving.load_model(path)
