"""Which port each thing that `azureml_main` gave back belongs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.typing import DataFrameGroupBy, SeriesGroupBy

from modules.sdk.errors import ModuleError


class Sorted(NamedTuple):
    """The frames and the object found; `model` is None where there is none."""

    frame: pd.DataFrame
    frame2: pd.DataFrame | None
    model: Any


def sort_results(returned: Any) -> Sorted:
    """Takes what came back apart by the rules in the manual page of Execute Python Script."""
    if returned is None:
        return Sorted(pd.DataFrame(), None, None)
    if isinstance(returned, pd.DataFrame):
        return Sorted(returned, None, None)
    if isinstance(returned, Mapping):
        return _by_name(returned)
    elements = _elements(returned)
    if elements is not None:
        return _by_position(elements)
    raise ModuleError(f"azureml_main returned {_named(returned)}, {_must(returned)}", param="script")


def _by_position(elements: Sequence[Any]) -> Sorted:
    frames: list[pd.DataFrame] = []
    models: list[Any] = []
    for element in elements:
        if isinstance(element, pd.DataFrame):
            frames.append(element)
        elif element is not None:
            models.append(element)
    if len(frames) > 2:
        print(
            f"warning: azureml_main returned {len(frames)} frames; the first two have a port, the rest is "
            "dropped"
        )
    if models and not frames and (len(models) > 1 or _hint(models[0])):
        several = f"{len(models)} values and none is a pandas.DataFrame: the first is " if models[1:] else ""
        raise ModuleError(
            f"azureml_main returned {several}{_named(models[0])}, {_must(models[0])}", param="script"
        )
    if len(models) > 1:
        print(
            f"warning: azureml_main returned {len(models)} objects that are not frames; the first went to "
            "result_model, the rest is dropped"
        )
    if models and not frames and not hasattr(models[0], "fit"):
        print(
            "warning: azureml_main returned no pandas.DataFrame, so Result Dataset is empty; "
            f"{_named(models[0])} went to result_model"
        )
    if models and _hint(models[0]):
        print(
            f"warning: {_named(models[0])} is not a DataFrame, so it went to result_model.{_hint(models[0])}"
        )
    frames += [pd.DataFrame()] if not frames else []
    return Sorted(frames[0], frames[1] if len(frames) > 1 else None, models[0] if models else None)


def _by_name(returned: Mapping[Any, Any]) -> Sorted:
    ports = ("result_dataset", "result_dataset2", "result_model")
    unknown = [key for key in returned if key not in ports]
    if unknown:
        raise ModuleError(
            f"azureml_main returned a dict with the key {unknown[0]!r}, which is not an output port; its "
            f"keys must be {', '.join(ports[:-1])} or {ports[-1]}.",
            param="script",
        )
    for name in ports[:2]:
        value = returned.get(name)
        if value is not None and not isinstance(value, pd.DataFrame):
            raise ModuleError(
                f"azureml_main returned {_named(value)} for {name}, but that port takes a "
                f"pandas.DataFrame.{_hint(value)}",
                param="script",
            )
    frame = returned.get("result_dataset")
    return Sorted(
        pd.DataFrame() if frame is None else frame,
        returned.get("result_dataset2"),
        returned.get("result_model"),
    )


def _elements(returned: Any) -> Sequence[Any] | None:
    """The elements of a sequence, or None where it is no sequence of frames.

    `np.array([frame])` makes a cube of its cells, which is taken for what it was.
    """
    if isinstance(returned, tuple | list):
        return returned
    if not isinstance(returned, np.ndarray):
        return None
    if returned.ndim == 3:
        print(
            "warning: NumPy has dropped the column names of the returned frames; `return frame,` keeps them"
        )
        return [pd.DataFrame(part).infer_objects() for part in returned]
    if returned.ndim == 1 and (returned.dtype == object or not len(returned)):
        return list(returned)
    return None


def _named(value: Any) -> str:
    kind = type(value)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return f"a value of type {name}"


def _must(value: Any) -> str:
    """What should have come back in place of this value, and how to come there."""
    hint = _hint(value)
    example = "" if hint else ", for example `return dataframe1,`"
    return f"but it must return a sequence whose first element is a pandas.DataFrame{example}.{hint}"


def _hint(value: Any) -> str:
    """How to make a frame of something that is nearly one."""
    if isinstance(value, pd.Series):
        return " `.to_frame()` makes a table of it, `.reset_index()` one that keeps its index."
    if isinstance(value, pd.Index | np.ndarray) and 0 < value.ndim < 3:
        return " `pd.DataFrame(…)` makes a table of it."
    if isinstance(value, pa.Table):
        return " `.to_pandas()` makes a frame of it."
    if isinstance(value, DataFrameGroupBy | SeriesGroupBy):
        return " Call what each group is to become, for example `.mean()`."
    if type(value).__module__ == "pandas.io.formats.style":
        return " `.data` is the frame that it draws."
    return ""
