"""Threshold Filter

Makes a filter that limits values to a range, or says which values are within it.

Connect it to *Apply Filter*. **Type** says which values stay: those less than the **Level** or equal,
greater or equal; likewise of the value without its sign (*Magnitude*); those in the range from **Lower
boundary** to **Upper boundary**, or out of it; with *WithStd* the range is **Alpha** standard deviations
around the mean of the column. A value that may not stay becomes the nearest one that may. **Indicator**
gives true and false in place of the values: whether it may stay.

>>> from modules.data_transformation.filter.apply_filter import ApplyFilterParams, apply_filter
>>> made = threshold_filter(ThresholdParams(type="in_range")).filter
>>> done = apply_filter(made, Table.of(x=[-5.0, 0.5, 2.0]), ApplyFilterParams()).results_dataset
>>> done.column("x").data.to_pylist()
[-1.0, 0.5, 1.0]
"""

from __future__ import annotations

from typing import Literal

from modules.data_transformation.filter._filters import Filtered, Threshold, filter_of
from modules.sdk.declare import module
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, number, toggle
from modules.sdk.values import Table as Table

TYPES = {
    "less_than": "LessThan",
    "greater_than": "GreaterThan",
    "magnitude_less_than": "MagnitudeLessThan",
    "magnitude_greater_than": "MagnitudeGreaterThan",
    "in_range": "InRange",
    "out_of_range": "OutOfRange",
    "in_range_with_std": "InRangeWithStd",
    "out_of_range_with_std": "OutOfRangeWithStd",
}
RANGE = {"type": ["in_range", "out_of_range"]}


class ThresholdParams(Params):
    type: Literal[
        "less_than",
        "greater_than",
        "magnitude_less_than",
        "magnitude_greater_than",
        "in_range",
        "out_of_range",
        "in_range_with_std",
        "out_of_range_with_std",
    ] = choice("less_than", "Type", TYPES)
    level: float = number(0.0, "Level", shown_when={"type": list(TYPES)[:4]})
    lower_boundary: float = number(-1.0, "Lower boundary", shown_when=RANGE)
    upper_boundary: float = number(1.0, "Upper boundary", shown_when=RANGE)
    alpha: float = number(
        3.0, "Alpha", ge=0, shown_when={"type": ["in_range_with_std", "out_of_range_with_std"]}
    )
    indicator: bool = toggle(False, "Indicator", "On: true and false in place of the values.")


@module(version=1, synonyms=("signal", "clip", "limit", "outliers"))
def threshold_filter(params: ThresholdParams) -> Filtered:
    kind, low, high = params.type, None, None
    if kind.endswith("range"):
        low, high = params.lower_boundary, params.upper_boundary
        if low > high:
            raise ModuleError(
                f"The upper boundary ({high:g}) is below the lower one ({low:g}).", param="upper_boundary"
            )
    elif kind.endswith("less_than"):
        high = params.level
    elif kind.endswith("greater_than"):
        low = params.level
    if kind.startswith("magnitude") and params.level < 0:
        raise ModuleError(f"A magnitude is never below 0, and the level is {params.level:g}.", param="level")
    made = Threshold(
        low=low,
        high=high,
        inside=not kind.startswith("out"),
        magnitude=kind.startswith("magnitude"),
        spread=params.alpha if kind.endswith("std") else None,
        indicator=params.indicator,
    )
    return filter_of("threshold-filter", params, made)
