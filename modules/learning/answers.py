"""What the estimator of a script answers, checked before it is believed: an answer that fits neither the rows
nor what the estimator says of itself is refused in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from modules.learning.labels import KINDS
from modules.learning.log import tell
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.from_pandas import from_pandas
from modules.sdk.source import script_line, script_traceback

NEAR = 1e-6
"""How far beyond 0 and 1 a probability may lie, as rounding leaves it."""


def ask(thing: Any, method: str, *given: Any, **named: Any) -> Any:
    """What a method answers. ModuleError if it fails in any way; the log has the traceback of the script."""
    try:
        return getattr(thing, method)(*given, **named)
    except (ModuleError, MemoryError):
        raise
    except BaseException as error:  # a script may call exit
        if script_line(error):
            tell(script_traceback(error))
        said = f"{type(error).__name__}: {error}".removesuffix(": ")
        raise ModuleError(f"`{method}` of the script's model failed: {said}") from error


def has(thing: Any, name: str) -> bool:
    """Whether it has the attribute; False if it fails when it is asked."""
    return attribute(thing, name) is not None


def attribute(thing: Any, name: str) -> Any:
    """The attribute; None where there is none, or it fails when it is asked."""
    try:
        return getattr(thing, name, None)
    except Exception:
        return None


def predicted(thing: Any, frame: Any, rows: int) -> Column:
    """What `predict` says: a text, a number, true or false, or nothing for each row."""
    answer = ask(thing, "predict", frame)
    values = answer if isinstance(answer, (pd.Series, pd.Categorical)) else _array(answer, "predict", rows)
    if isinstance(values, np.ndarray) and values.ndim == 2 and values.shape[1] == 1:
        values = values[:, 0]
    if values.ndim != 1:
        raise ModuleError(
            f"`predict` of the script's model gave {_shape(values)}; it must give one value a row."
        )
    _as_many(len(values), rows, "predict")
    column = from_pandas("Scored Labels", pd.Series(values).reset_index(drop=True))
    kind = "string" if column.type == "categorical" else column.type
    if kind not in KINDS or column.note:
        raise ModuleError(
            "`predict` of the script's model must give text, numbers, or true and false; it gave "
            f"{kind if kind not in KINDS else (column.note or '').split(' become')[0]}."
        )
    return column


def shares(thing: Any, frame: Any, rows: int, classes: int) -> np.ndarray:
    """What `predict_proba` says: rows × classes, from 0 to 1; NaN where a row has no score."""
    given = numbers(ask(thing, "predict_proba", frame), "predict_proba", rows)
    if given.shape != (rows, classes):
        raise ModuleError(
            f"`predict_proba` of the script's model gave {_shape(given)}; it must give {rows:,} rows with a "
            f"probability for each of the {classes:,} classes."
        )
    wrong = (given < -NEAR) | (given > 1 + NEAR)
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise ModuleError(
            f"`predict_proba` of the script's model gave {given[row, column]:g} in row {row + 1:,}; a "
            "probability lies between 0 and 1."
        )
    return np.clip(given, 0, 1)


def decisions(thing: Any, frame: Any, rows: int) -> np.ndarray:
    """What `decision_function` says: a number for each row."""
    given = numbers(ask(thing, "decision_function", frame), "decision_function", rows)
    if given.size != rows:
        _as_many(len(given), rows, "decision_function")
        raise ModuleError(
            f"`decision_function` of the script's model gave {_shape(given)}; it must give one number a row."
        )
    return given.reshape(rows)


def numbers(answer: Any, method: str, rows: int) -> np.ndarray:
    """An answer as an array of floats."""
    array = _array(answer, method, rows)
    try:
        if array.dtype.kind in "cmMSUV":
            raise TypeError(f"{array.dtype} is no number")
        return array.astype(np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ModuleError(f"`{method}` of the script's model must give numbers: {error}") from error


def _array(answer: Any, method: str, rows: int) -> np.ndarray:
    try:
        array = np.asarray(answer)
    except Exception as error:
        raise ModuleError(
            f"`{method}` of the script's model gave rows of different lengths, which are no array."
        ) from error
    if array.ndim == 0:
        raise ModuleError(
            f"`{method}` of the script's model gave {type(answer).__name__}; it must give an array or a list "
            f"with a value for each of the {rows:,} rows."
        )
    mixed = array.ndim == 1 and array.dtype.kind in "US" and isinstance(answer, (list, tuple))
    return np.asarray(answer, dtype=object) if mixed else array


def _as_many(given: int, rows: int, method: str) -> None:
    if given != rows:
        raise ModuleError(f"`{method}` of the script's model gave {given:,} values for {rows:,} rows.")


def _shape(array: np.ndarray) -> str:
    return " × ".join(f"{length:,}" for length in array.shape) + " values"
