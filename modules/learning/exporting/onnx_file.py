"""A pipeline of scikit-learn's as ONNX, and what ONNX Runtime says with it."""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.special import expit
from sklearn.pipeline import Pipeline

from modules.learning.exporting.plain import steps_and_last
from modules.learning.exporting.told import Told, texts
from modules.sdk.errors import ModuleError

SIMPLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
OPSETS = {"": 17, "ai.onnx.ml": 3}


def input_names(columns: Sequence[str]) -> list[str]:
    """The name of each column's input: its own, with `_` for what ONNX has no room for; `feature_1` and so on
    if some would have none, or the same.

    >>> input_names(["age", "mean radius"]), input_names(["age", "[a]", "Stadt", "Город"])
    (['age', 'mean_radius'], ['feature_1', 'feature_2', 'feature_3', 'feature_4'])
    """
    names = [_simple(name) for name in columns]
    if all(SIMPLE.fullmatch(name) for name in names) and len(set(names)) == len(names):
        return names
    return [f"feature_{place + 1}" for place in range(len(columns))]


def _simple(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]+", "_", name)


class Input(NamedTuple):
    """A tensor that the file takes, of `wide` columns."""

    name: str
    text: bool = False
    wide: int = 1


def to_onnx(estimator: Any, inputs: Sequence[Input], facts: Mapping[str, Any], double: bool) -> bytes:
    """The file. `facts` are written into it; `double`: numbers of 64 bits, else of 32. ModuleError where the
    pipeline does not convert."""
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, StringTensorType

    number = DoubleTensorType if double else FloatTensorType
    types = [(name, (StringTensorType if text else number)([None, wide])) for name, text, wide in inputs]
    options = {id(estimator): {"zipmap": False}} if hasattr(estimator, "predict_proba") else None
    _flatten(estimator)
    logging.getLogger("skl2onnx").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = convert_sklearn(estimator, initial_types=types, options=options, target_opset=OPSETS)
    except Exception as error:
        said = str(error).strip().split("\n")[0][:300] or type(error).__name__
        raise ModuleError(f"The model does not convert to ONNX: {said}") from error
    made.producer_name = "studio"
    for name, value in facts.items():
        made.metadata_props.add(key=name, value=value if isinstance(value, str) else json.dumps(value))
    data: bytes = made.SerializeToString()
    return data


def takes_double(estimator: Any) -> bool:
    """Whether numbers of 64 bits may be tried. Trees compare numbers of 32 bits anyway, and the converter
    goes round and round over some of their thresholds."""
    last = steps_and_last(estimator)[1]
    homes = ("modules.learning.estimators.", "sklearn.linear_model", "sklearn.neural_network")
    home = type(getattr(last, "estimator_", last)).__module__
    return home.startswith(homes) and not hasattr(last, "estimators_")


def _flatten(estimator: Any) -> None:
    """The converter wants in one row what boosted trees begin with. Nothing else uses the estimator."""
    last = steps_and_last(estimator)[1]
    while isinstance(last, Pipeline):
        last = steps_and_last(last)[1]
    if isinstance(getattr(last, "_baseline_prediction", None), np.ndarray):
        last._baseline_prediction = last._baseline_prediction.ravel()


def told_by_onnx(data: bytes, given: Mapping[str, np.ndarray], task: str, double: bool) -> Told:
    """What ONNX Runtime says of these inputs."""
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    settings.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(data, settings, providers=["CPUExecutionProvider"])
        names = [each.name for each in session.get_inputs()]
        there = {_simple(name): values for name, values in given.items()} | dict(given)
        said = session.run(None, {name: _tensor(there[name], double) for name in names})
    except Exception as error:
        first = str(error).strip().split("\n")[0][:300]
        raise ModuleError(f"The converted model does not run in ONNX Runtime: {first}") from error
    if task in ("two-class", "multiclass"):
        return Told(np.asarray(said[1], dtype=float), texts(said[0]))
    if task == "anomaly":
        return Told(expit(-np.asarray(said[1], dtype=float).reshape(-1, 1)))
    return Told(np.asarray(said[0], dtype=float).reshape(-1, 1))


def _tensor(values: np.ndarray, double: bool) -> np.ndarray:
    if values.dtype == object:
        return np.array([["" if value is None else value] for value in values], dtype=object)
    return values.astype(np.float64 if double else np.float32).reshape(len(values), -1)
