"""A trained network -> the folder that `index.ContextEncoder` reads: an ONNX graph and its tokenizer.

A row of weights is kept as 8-bit numbers and one scale, and multiplied out once, when the graph is loaded: what is
worked out with them stays in 32 bits, the same on every processor that has them.
"""

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from index.contextual import GRAPH, TOKENIZER
from index.train.contextual.network import Network

OPSET = 18
LARGE = 4096  # numbers of a matrix that is worth it


def export(network: Network, tokenizer: Tokenizer, out: Path) -> None:
    """Writes both files. The graph takes (texts, pieces) int64 and gives (texts, pieces, width) float32."""
    out.mkdir(parents=True, exist_ok=True)
    example = torch.tensor([[0, 5, 6, 2], [0, 7, 2, 1]])
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / GRAPH
        torch.onnx.export(
            network.float().eval(), (example,), written, input_names=["pieces"], output_names=["states"],
            opset_version=OPSET, dynamo=False,
            dynamic_axes={"pieces": {0: "texts", 1: "pieces"}, "states": {0: "texts", 1: "pieces"}},
        )  # fmt: skip
        graph = onnx.load(written)
    _narrow(graph.graph)
    onnx.checker.check_model(graph)
    onnx.save(graph, out / GRAPH)
    tokenizer.save(str(out / TOKENIZER))


def _narrow(graph: onnx.GraphProto) -> None:
    """Every large matrix of the graph by 8-bit numbers and a scale for each of its outputs, or, of a table that is
    looked up in, for each row."""
    tables = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    before: list[onnx.NodeProto] = []
    for tensor in [*graph.initializer]:
        matrix = numpy_helper.to_array(tensor)
        if matrix.ndim != 2 or matrix.size < LARGE or matrix.dtype != np.float32:
            continue
        scales = np.abs(matrix).max(axis=1 if tensor.name in tables else 0, keepdims=True) / 127
        numbers = np.round(matrix / np.where(scales > 0, scales, 1)).astype(np.int8)
        graph.initializer.remove(tensor)
        for name, array in {"numbers": numbers, "scales": scales.astype(np.float32)}.items():
            graph.initializer.append(numpy_helper.from_array(array, f"{tensor.name}.{name}"))
        before += [
            helper.make_node("Cast", [f"{tensor.name}.numbers"], [f"{tensor.name}.whole"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{tensor.name}.whole", f"{tensor.name}.scales"], [tensor.name]),
        ]
    nodes = [*before, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
