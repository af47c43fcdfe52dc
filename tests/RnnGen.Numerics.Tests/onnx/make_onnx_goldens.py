#!/usr/bin/env python3
"""Makes the reference files of ONNX's recurrent operators in this folder.

    make_onnx_goldens.py WORK

WORK is a folder in which `npm install onnxruntime-node` was run; the models and the numbers that the
two scripts hand to each other are left in it. See README.md for the whole recipe.

Every case is computed twice: by ONNX Runtime (make_onnx_goldens.mjs, in single precision) and by the
classes that define the operator in ONNX's own tests (RNN_Helper, GRU_Helper, LSTM_Helper of
onnx.backend.test.case.node, here in double precision). A helper knows one forward direction, whole
sequences and the default activations; what it does not know is put around it, never into it: the
sequence is cut to its length and turned round before, the activations (with the clip of their inputs)
replace its methods f, g and h. A file is written only where both agree.
"""

import json
import pathlib
import struct
import subprocess
import sys
import zlib

import numpy as np
import onnx
from onnx import TensorProto, helper
from onnx.backend.test.case.node.gru import GRU_Helper
from onnx.backend.test.case.node.lstm import LSTM_Helper
from onnx.backend.test.case.node.rnn import RNN_Helper

HERE = pathlib.Path(__file__).resolve().parent
TOLERANCE = 1e-6
OPSET = 14
GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}
DEFAULTS = {"RNN": ["Tanh"], "GRU": ["Sigmoid", "Tanh"], "LSTM": ["Sigmoid", "Tanh", "Tanh"]}
HELPERS = {"RNN": RNN_Helper, "GRU": GRU_Helper, "LSTM": LSTM_Helper}

# Which of alpha and beta an activation takes from the lists, and what it takes where a list has ended.
# The other functions with arguments have no default that ONNX and ONNX Runtime agree upon: they need both lists.
ALPHA = {"Affine": None, "LeakyRelu": 0.01, "ThresholdedRelu": None, "ScaledTanh": None, "HardSigmoid": 0.2, "Elu": 1.0}
BETA = {"Affine": None, "ScaledTanh": None, "HardSigmoid": 0.5}

ACTIVATIONS = {
    "Affine": lambda x, a, b: a * x + b,
    "Relu": lambda x, a, b: np.maximum(x, 0.0),
    "LeakyRelu": lambda x, a, b: np.where(x >= 0, x, a * x),
    "ThresholdedRelu": lambda x, a, b: np.where(x > a, x, 0.0),
    "Tanh": lambda x, a, b: np.tanh(x),
    "ScaledTanh": lambda x, a, b: a * np.tanh(b * x),
    "Sigmoid": lambda x, a, b: 1.0 / (1.0 + np.exp(-x)),
    "HardSigmoid": lambda x, a, b: np.clip(a * x + b, 0.0, 1.0),
    "Elu": lambda x, a, b: np.where(x >= 0, x, a * np.expm1(np.minimum(x, 0.0))),
    "Softsign": lambda x, a, b: x / (1.0 + np.abs(x)),
    "Softplus": lambda x, a, b: np.log1p(np.exp(x)),
}


def case(name, i, h, t, n, direction="forward", activations=None, alpha=(), beta=(), clip=None, lengths=None,
         linear_before_reset=0, input_forget=0, peepholes=False, bias=True, initial=True):
    operator = name.split("_")[0].upper()
    directions = 2 if direction == "bidirectional" else 1
    assert lengths is None or (len(lengths) == n and 1 <= min(lengths) and max(lengths) <= t)
    return {
        "name": name, "operator": operator, "direction": direction, "directions": directions,
        "i": i, "h": h, "t": t, "n": n, "given": activations is not None,
        "activations": list(activations) if activations else DEFAULTS[operator] * directions,
        "alpha": list(alpha), "beta": list(beta), "clip": clip, "lengths": lengths,
        "linear_before_reset": linear_before_reset, "input_forget": input_forget,
        "peepholes": peepholes, "bias": bias, "initial": initial,
    }


BOTH = "bidirectional"
CASES = [
    # RNN
    case("rnn_tanh", 4, 5, 5, 3),
    case("rnn_tanh_reverse", 3, 7, 4, 2, "reverse"),
    case("rnn_tanh_bidirectional", 5, 4, 6, 2, BOTH),
    case("rnn_tanh_nobias_zerostate", 3, 5, 4, 1, bias=False, initial=False),
    case("rnn_relu", 4, 6, 5, 2, activations=["Relu"]),
    case("rnn_relu_bidirectional", 3, 5, 4, 1, BOTH, ["Relu", "Relu"]),
    case("rnn_sigmoid", 4, 5, 5, 2, activations=["Sigmoid"]),
    case("rnn_affine", 3, 4, 4, 2, activations=["Affine"], alpha=[0.7], beta=[0.1]),
    case("rnn_leakyrelu_reverse", 4, 5, 5, 2, "reverse", ["LeakyRelu"], [0.2]),
    case("rnn_thresholdedrelu", 3, 7, 5, 2, activations=["ThresholdedRelu"], alpha=[0.3]),
    case("rnn_scaledtanh", 5, 5, 4, 2, activations=["ScaledTanh"], alpha=[1.2], beta=[0.6]),
    case("rnn_hardsigmoid_reverse", 4, 5, 5, 2, "reverse", ["HardSigmoid"], [0.3], [0.4]),
    case("rnn_elu", 3, 6, 5, 2, activations=["Elu"], alpha=[0.8]),
    case("rnn_softsign", 4, 4, 6, 1, activations=["Softsign"]),
    case("rnn_softplus", 3, 5, 4, 2, activations=["Softplus"]),
    case("rnn_affine_scaledtanh_bidirectional", 3, 5, 5, 2, BOTH, ["Affine", "ScaledTanh"], [0.6, 1.3], [-0.2, 0.5]),
    case("rnn_tanh_leakyrelu_bidirectional", 4, 5, 4, 2, BOTH, ["Tanh", "LeakyRelu"], [0.3]),
    case("rnn_hardsigmoid_defaults", 3, 5, 4, 2, activations=["HardSigmoid"]),
    case("rnn_tanh_clip", 4, 5, 5, 3, clip=0.4),
    case("rnn_relu_bidirectional_clip", 3, 7, 4, 2, BOTH, ["Relu", "Relu"], clip=0.5),
    case("rnn_tanh_bidirectional_lengths", 4, 5, 6, 3, BOTH, lengths=[6, 2, 4]),
    # GRU
    case("gru_lbr0", 4, 5, 5, 3),
    case("gru_lbr1", 3, 7, 5, 2, linear_before_reset=1),
    case("gru_lbr0_reverse", 5, 4, 4, 2, "reverse"),
    case("gru_lbr1_reverse", 4, 5, 6, 1, "reverse", linear_before_reset=1),
    case("gru_lbr0_bidirectional", 3, 5, 5, 2, BOTH),
    case("gru_lbr1_bidirectional", 4, 5, 4, 3, BOTH, linear_before_reset=1),
    case("gru_lbr0_nobias_zerostate", 3, 6, 4, 2, bias=False, initial=False),
    case("gru_lbr1_nobias_zerostate", 3, 5, 4, 2, bias=False, initial=False, linear_before_reset=1),
    case("gru_lbr0_clip", 4, 5, 5, 2, clip=0.4),
    case("gru_lbr1_bidirectional_clip", 3, 5, 5, 2, BOTH, clip=0.3, linear_before_reset=1),
    case("gru_lbr0_hardsigmoid_scaledtanh", 4, 5, 5, 2, activations=["HardSigmoid", "ScaledTanh"],
         alpha=[0.25, 1.2], beta=[0.45, 0.7]),
    case("gru_lbr1_hardsigmoid_defaults", 4, 5, 5, 2, activations=["HardSigmoid", "LeakyRelu"], linear_before_reset=1),
    case("gru_lbr1_relu_softsign", 3, 5, 4, 2, activations=["Relu", "Softsign"], linear_before_reset=1),
    case("gru_lbr0_bidirectional_four_activations", 3, 5, 4, 2, BOTH, ["Sigmoid", "Elu", "HardSigmoid", "Affine"],
         [0.8, 0.3, 0.6], [0.4, 0.1]),
    case("gru_lbr1_lengths", 4, 5, 6, 3, linear_before_reset=1, lengths=[3, 6, 1]),
    case("gru_lbr0_reverse_lengths", 3, 7, 5, 3, "reverse", lengths=[5, 2, 4]),
    case("gru_lbr1_bidirectional_lengths", 3, 5, 6, 3, BOTH, linear_before_reset=1, lengths=[2, 5, 3]),
    case("gru_lbr0_bidirectional_lengths_clip_activations", 4, 5, 5, 3, BOTH,
         ["Sigmoid", "Softsign", "HardSigmoid", "Tanh"], clip=0.5, lengths=[5, 1, 3]),
    # LSTM
    case("lstm", 4, 5, 5, 3),
    case("lstm_reverse", 3, 7, 4, 2, "reverse"),
    case("lstm_bidirectional", 4, 5, 5, 2, BOTH),
    case("lstm_nobias_zerostate", 3, 5, 4, 2, bias=False, initial=False),
    case("lstm_peepholes", 4, 5, 5, 3, peepholes=True),
    case("lstm_bidirectional_peepholes", 3, 5, 4, 2, BOTH, peepholes=True),
    case("lstm_clip", 4, 5, 5, 2, clip=0.4),
    case("lstm_inputforget", 3, 7, 5, 2, input_forget=1),
    case("lstm_inputforget_peepholes", 4, 5, 5, 2, input_forget=1, peepholes=True),
    case("lstm_bidirectional_peepholes_clip", 3, 5, 5, 2, BOTH, peepholes=True, clip=0.5),
    case("lstm_bidirectional_inputforget_peepholes_clip", 3, 4, 5, 2, BOTH, input_forget=1, peepholes=True, clip=0.4),
    case("lstm_hardsigmoid_defaults", 4, 5, 5, 2, activations=["HardSigmoid", "Tanh", "Tanh"]),
    case("lstm_hardsigmoid_scaledtanh_softsign", 3, 5, 5, 2, activations=["HardSigmoid", "ScaledTanh", "Softsign"],
         alpha=[0.25, 1.2], beta=[0.45, 0.7]),
    case("lstm_softsign_relu_elu", 4, 5, 4, 2, activations=["Softsign", "Relu", "Elu"], alpha=[0.7]),
    case("lstm_sigmoid_affine_thresholdedrelu", 3, 5, 5, 2, activations=["Sigmoid", "Affine", "ThresholdedRelu"],
         alpha=[0.8, 0.2], beta=[0.1]),
    case("lstm_reverse_peepholes_softplus_leakyrelu", 4, 5, 4, 2, "reverse", ["HardSigmoid", "Softplus", "LeakyRelu"],
         [0.3, 0.05], [0.4], peepholes=True),
    case("lstm_bidirectional_six_activations", 3, 4, 5, 2, BOTH,
         ["Sigmoid", "Tanh", "ScaledTanh", "HardSigmoid", "Elu", "Sigmoid"], [1.1, 0.3, 0.6], [0.8, 0.4]),
    case("lstm_lengths", 4, 5, 6, 3, lengths=[4, 6, 1]),
    case("lstm_reverse_lengths", 3, 7, 5, 3, "reverse", lengths=[5, 3, 2]),
    case("lstm_bidirectional_lengths", 4, 5, 5, 3, BOTH, lengths=[1, 4, 3]),
    case("lstm_bidirectional_lengths_inputforget_peepholes_clip", 3, 5, 6, 3, BOTH, input_forget=1, peepholes=True,
         clip=0.5, lengths=[6, 2, 4]),
]


def single(value):
    """The value that a single precision attribute holds."""
    return float(np.float32(value))


def arguments(c):
    """Alpha and beta of every activation: the lists are used up in the order of the activations that take one."""
    alphas, betas = list(c["alpha"]), list(c["beta"])
    pairs = []
    for name in c["activations"]:
        pair = []
        for table, values in ((ALPHA, alphas), (BETA, betas)):
            if name not in table:
                pair.append(None)
                continue
            pair.append(values.pop(0) if values else table[name])
            assert pair[-1] is not None, f"{c['name']}: {name} needs its alpha and beta"
        pairs.append(pair)
    assert not alphas and not betas, f"{c['name']}: values left over"
    return pairs


def inputs(c, seed):
    random = np.random.RandomState(seed)
    gates, d, i, h, t, n = GATES[c["operator"]], c["directions"], c["i"], c["h"], c["t"], c["n"]

    def uniform(bound, *shape):
        return random.uniform(-bound, bound, shape).astype(np.float32)

    tensors = {"X": uniform(1.5, t, n, i), "W": uniform(0.8, d, gates * h, i), "R": uniform(0.8, d, gates * h, h)}
    if c["bias"]:
        tensors["B"] = uniform(0.5, d, 2 * gates * h)
    if c["lengths"] is not None:
        tensors["sequence_lens"] = np.array(c["lengths"], np.int32)
    if c["initial"]:
        tensors["initial_h"] = uniform(1.0, d, n, h)
        if c["operator"] == "LSTM":
            tensors["initial_c"] = uniform(1.5, d, n, h)
    if c["peepholes"]:
        tensors["P"] = uniform(0.8, d, 3 * h)
    return tensors


def model(c, tensors):
    operator = c["operator"]
    names = ["X", "W", "R", "B", "sequence_lens", "initial_h"] + (["initial_c", "P"] if operator == "LSTM" else [])
    outputs = ["Y", "Y_h"] + (["Y_c"] if operator == "LSTM" else [])
    attributes = {"hidden_size": c["h"], "direction": c["direction"]}
    if c["given"]:
        attributes["activations"] = c["activations"]
    if c["alpha"]:
        attributes["activation_alpha"] = c["alpha"]
    if c["beta"]:
        attributes["activation_beta"] = c["beta"]
    if c["clip"] is not None:
        attributes["clip"] = c["clip"]
    if operator == "GRU":
        attributes["linear_before_reset"] = c["linear_before_reset"]
    if operator == "LSTM":
        attributes["input_forget"] = c["input_forget"]
    node = helper.make_node(operator, [x if x in tensors else "" for x in names], outputs, **attributes)

    def information(name, shape, kind=TensorProto.FLOAT):
        return helper.make_tensor_value_info(name, kind, shape)

    state = [c["directions"], c["n"], c["h"]]
    graph = helper.make_graph(
        [node], c["name"],
        [information(k, v.shape, TensorProto.INT32 if v.dtype == np.int32 else TensorProto.FLOAT) for k, v in tensors.items()],
        [information("Y", [c["t"], *state])] + [information(o, state) for o in outputs[1:]])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(made)
    return made


def one_direction(c, tensors, d, clip_of_h=False, margins=None):
    """One direction of all rows by ONNX's helper, in double precision: Y [T, N, H], Y_h and Y_c [N, H]."""
    operator, h = c["operator"], c["h"]
    count = len(DEFAULTS[operator])
    clip = None if c["clip"] is None else single(c["clip"])
    functions = []
    for which in range(count):
        name = c["activations"][d * count + which]
        a, b = (None if v is None else single(v) for v in arguments(c)[d * count + which])

        def function(x, name=name, a=a, b=b, clipped=which < 2 or clip_of_h):
            if clip is not None and clipped:
                x = np.clip(x, -clip, clip)
            if name == "ThresholdedRelu" and margins is not None:
                margins.append(float(np.abs(x - a).min()))
            return ACTIVATIONS[name](x, a, b)

        functions.append(function)

    y, y_h, y_c = np.zeros((c["t"], c["n"], h)), np.zeros((c["n"], h)), np.zeros((c["n"], h))
    reverse = c["direction"] == "reverse" or d == 1
    for row in range(c["n"]):
        length = c["t"] if c["lengths"] is None else c["lengths"][row]
        x = tensors["X"][:length, row:row + 1].astype(np.float64)
        parameters = {"X": x[::-1] if reverse else x}
        for name in ("W", "R", "B", "P"):
            if name in tensors:
                parameters[name] = tensors[name][d:d + 1].astype(np.float64)
        for name in ("initial_h", "initial_c"):
            if name in tensors:
                parameters[name] = tensors[name][d:d + 1, row:row + 1].astype(np.float64)
        if operator == "GRU":
            parameters["linear_before_reset"] = np.array([c["linear_before_reset"]])

        with_row = HELPERS[operator](**parameters)
        with_row.f = functions[0]
        cells = []
        if operator == "GRU":
            with_row.g = functions[1]
        if operator == "LSTM":
            with_row.g = functions[1]
            with_row.h = lambda cell: cells.append(cell) or functions[2](cell)
            if c["input_forget"]:
                calls = []  # f is asked for the input gate, the forget gate, the output gate, in this order

                def coupled(x):
                    calls.append(1.0 - calls[-1] if len(calls) % 3 == 1 else functions[0](x))
                    return calls[-1]

                with_row.f = coupled
        steps = with_row.step()[0][:, 0, 0]
        y[:length, row] = steps[::-1] if reverse else steps
        y_h[row] = steps[-1]
        if cells:
            y_c[row] = cells[-1].reshape(h)
    return y, y_h, y_c


def definition(c, tensors, **how):
    parts = [one_direction(c, tensors, d, **how) for d in range(c["directions"])]
    result = {"Y": np.stack([p[0] for p in parts], 1), "Y_h": np.stack([p[1] for p in parts])}
    if c["operator"] == "LSTM":
        result["Y_c"] = np.stack([p[2] for p in parts])
    return result


def distance(a, b):
    return max(float(np.abs(a[k] - b[k]).max()) for k in a)


def check_that_options_matter(c, tensors, result):
    """A golden that would be the same without its option proves nothing."""
    others = {}
    if c["clip"] is not None:
        others["clip"] = definition({**c, "clip": None}, tensors)
        if c["operator"] == "LSTM":
            others["no clip of the cell state"] = definition(c, tensors, clip_of_h=True)
    if c["input_forget"]:
        others["input_forget"] = definition({**c, "input_forget": 0}, tensors)
    if c["operator"] == "GRU":
        others["linear_before_reset"] = definition({**c, "linear_before_reset": 1 - c["linear_before_reset"]}, tensors)
    if c["peepholes"]:
        others["peepholes"] = definition(c, {k: v for k, v in tensors.items() if k != "P"})
    if c["given"]:
        plain = {**c, "activations": DEFAULTS[c["operator"]] * c["directions"], "alpha": [], "beta": []}
        others["activations"] = definition(plain, tensors)
    for option, other in others.items():
        assert distance(result, other) > 1e-2, f"{c['name']}: {option} changes nothing"


def adaptations(c):
    """What was put around ONNX's helper; nothing: it defines this case as it is."""
    done = []
    if c["direction"] != "forward":
        done.append("sequence turned round")
    if c["directions"] == 2:
        done.append("one run a direction")
    if c["lengths"] is not None:
        done.append("rows cut to their lengths")
    if c["given"]:
        done.append("activations replaced")
    if c["clip"] is not None:
        done.append("inputs of the activations clipped")
    if c["input_forget"]:
        done.append("forget gate replaced")
    return done


def write_safetensors(path, tensors, metadata):
    header, blobs, offset = {"__metadata__": {k: json.dumps(v) for k, v in metadata.items()}}, [], 0
    for name, tensor in tensors.items():
        kind = "I64" if tensor.dtype == np.int64 else "F32"
        blob = np.ascontiguousarray(tensor).astype("<i8" if kind == "I64" else "<f4").tobytes()
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    work = pathlib.Path(sys.argv[1]).resolve()
    prepared = []
    for c in CASES:
        seed = zlib.crc32(c["name"].encode())
        tensors = inputs(c, seed)
        margins = []
        result = definition(c, tensors, margins=margins)
        assert not margins or min(margins) > 1e-4, f"{c['name']}: an input too near to the threshold"
        check_that_options_matter(c, tensors, result)
        (work / f"{c['name']}.onnx").write_bytes(model(c, tensors).SerializeToString())
        prepared.append((c, seed, tensors, result))

    (work / "inputs.json").write_text(json.dumps({
        c["name"]: {k: {"type": str(v.dtype), "dims": v.shape, "data": v.ravel().tolist()} for k, v in tensors.items()}
        for c, _, tensors, _ in prepared}))
    subprocess.run(["node", str(HERE / "make_onnx_goldens.mjs"), str(work)], check=True)
    answer = json.loads((work / "outputs.json").read_text())

    for old in HERE.glob("*.safetensors"):
        old.unlink()
    worst, total = 0.0, 0
    for c, seed, tensors, result in prepared:
        outputs = {k: np.array(v["data"], np.float32).reshape(v["dims"]) for k, v in answer["outputs"][c["name"]].items()}
        assert {k: v.shape for k, v in outputs.items()} == {k: v.shape for k, v in result.items()}, c["name"]
        apart = distance(result, outputs)
        assert apart <= TOLERANCE, f"{c['name']}: ONNX Runtime and ONNX's helper are {apart:.1e} apart"
        metadata = {
            "operator": c["operator"], "opset": OPSET, "direction": c["direction"], "layout": 0,
            "input_size": c["i"], "hidden_size": c["h"], "seq_len": c["t"], "batch": c["n"],
            "activations": c["activations"], "activation_alpha": c["alpha"], "activation_beta": c["beta"],
            "alphas": [a for a, _ in arguments(c)], "betas": [b for _, b in arguments(c)], "clip": c["clip"],
        }
        if c["operator"] == "GRU":
            metadata["linear_before_reset"] = c["linear_before_reset"]
        if c["operator"] == "LSTM":
            metadata["input_forget"] = c["input_forget"]
        metadata |= {
            "seed": seed,
            "sources": [f"onnxruntime {answer['version']}", f"onnx {onnx.__version__} {HELPERS[c['operator']].__name__}"],
            "helper_adaptations": adaptations(c), "sources_differ_by": float(f"{apart:.1e}"),
        }
        stored = {k: v.astype(np.int64) if v.dtype == np.int32 else v for k, v in tensors.items()}
        path = HERE / f"{c['name']}.safetensors"
        wide_first = sorted({**stored, **outputs}.items(), key=lambda item: -item[1].itemsize)
        write_safetensors(path, dict(wide_first), metadata)
        size = path.stat().st_size
        worst, total = max(worst, apart), total + size
        print(f"{c['name']:58} {size:6} bytes, differ by {apart:.1e}")
    print(f"{len(prepared)} files, {total} bytes, sources differ by {worst:.1e} at most")


if __name__ == "__main__":
    main()
