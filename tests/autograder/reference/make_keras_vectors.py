"""Writes vectors/keras.json: Keras' values, which the tests compare with.

Keras is no requirement of the project. It runs on TensorFlow here, because its other backends mix float32 into float64.
To make the vectors anew, in an environment of its own:

    pip install keras==3.12.0 tensorflow-cpu==2.21.0 && python tests/autograder/reference/make_keras_vectors.py
"""

import json
from pathlib import Path

import keras
import numpy as np

M, N, B, T = 3, 4, 2, 5  # input features, hidden units, batch, steps


def run(layer, rng):
    """The layer's weights, drawn anew, its inputs (T, B, M), initial states, and all that it returns."""
    layer.build((B, T, M))
    layer.set_weights([rng.normal(scale=0.6, size=weight.shape) for weight in layer.get_weights()])
    xs = rng.normal(size=(T, B, M))
    states = [rng.normal(size=(B, N)) for _ in layer.get_initial_state(B)]
    hs, *last = layer(xs.swapaxes(0, 1), initial_state=states)  # Keras has the batch before the time
    weights = {weight.name: value.tolist() for weight, value in zip(layer.weights, layer.get_weights())}
    return dict(
        weights=weights,
        xs=xs.tolist(),
        states=[state.tolist() for state in states],
        hs=keras.ops.convert_to_numpy(hs).swapaxes(0, 1).tolist(),
        last=[keras.ops.convert_to_numpy(state).tolist() for state in last],
    )


def main():
    keras.config.set_floatx("float64")
    rng = np.random.default_rng(1997)
    options = dict(return_sequences=True, return_state=True)
    cases = {
        "made_with": f"keras {keras.__version__} on {keras.backend.backend()}",
        "lstm": run(keras.layers.LSTM(N, **options), rng),
        "gru": run(keras.layers.GRU(N, reset_after=False, **options), rng),
        "gru, reset after": run(keras.layers.GRU(N, **options), rng),
    }
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(case)}" for name, case in cases.items())
    Path(__file__).with_name("vectors").joinpath("keras.json").write_text(f"{{\n{lines}\n}}\n")


if __name__ == "__main__":
    main()
