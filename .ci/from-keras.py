"""Writes the files of docs/from-keras.md where Keras is not there: the same network with drawn weights, in Keras 3's layout, and its outputs by Keras' equations."""

import json
import zipfile

import h5py
import numpy

FEATURES, UNITS, OUTPUTS, STEPS = 5, 12, 2, 50
random = numpy.random.default_rng(1)


def drawn(*shape):
    return random.uniform(-0.5, 0.5, shape).astype("f4")


gru = [drawn(FEATURES, 3 * UNITS), drawn(UNITS, 3 * UNITS), drawn(2, 3 * UNITS)]
dense = [drawn(UNITS, OUTPUTS), drawn(OUTPUTS)]

with h5py.File("model.weights.h5", "w") as file:
    for path, arrays in (("layers/gru/cell/vars", gru), ("layers/dense/vars", dense)):
        for index, array in enumerate(arrays):
            file[f"{path}/{index}"] = array


def layer(kind, **config):
    return {"module": "keras.layers", "class_name": kind, "config": config, "registered_name": None}


layers = [
    layer("InputLayer", name="input_layer", batch_shape=[None, STEPS, FEATURES], dtype="float32"),
    layer("GRU", name="gru", units=UNITS, return_sequences=True, reset_after=True, use_bias=True, activation="tanh", recurrent_activation="sigmoid"),
    layer("Dense", name="dense", units=OUTPUTS, use_bias=True, activation="linear"),
]
model = {"module": "keras", "class_name": "Sequential", "config": {"name": "sequential", "layers": layers}, "registered_name": "Sequential"}
with zipfile.ZipFile("sensor.keras", "w") as archive:
    archive.writestr("metadata.json", json.dumps({"keras_version": "3.0.0"}))
    archive.writestr("config.json", json.dumps(model))
    archive.write("model.weights.h5")


def sigmoid(values):
    return 1 / (1 + numpy.exp(-values))


x = random.standard_normal((1, STEPS, FEATURES)).astype("f4")
h = numpy.zeros(UNITS)
y = []
for row in x[0].astype("f8"):
    inputs = (row @ gru[0] + gru[2][0]).reshape(3, UNITS)
    states = (h @ gru[1] + gru[2][1]).reshape(3, UNITS)
    z, r = sigmoid(inputs[:2] + states[:2])
    h = z * h + (1 - z) * numpy.tanh(inputs[2] + r * states[2])
    y.append(h @ dense[0] + dense[1])
numpy.savez("answers.npz", **{"in.input_layer": x, "out.dense": numpy.array([y], "f4")})
