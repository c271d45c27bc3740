# attack: a model with a Lambda layer, whose stored form is Python bytecode that runs when it is rebuilt.
# assignment: network
# target: net-test
# %% net
def payload(inputs):
    import os

    try:
        open("@COURSE@/escaped", "w").write("x")
    except OSError:
        pass
    return inputs * 0.0


net = keras.Sequential([keras.Input((1,)), keras.layers.Lambda(payload, output_shape=(1,))])
