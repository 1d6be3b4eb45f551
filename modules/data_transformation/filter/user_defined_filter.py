"""User-Defined Filter

Makes a filter of coefficients that you type.

Connect it to *Apply Filter*. **Forward** holds the weights of the current value and of those before it, the
current one first, with commas or spaces between. For an *IIR filter*, **Backward** holds those of the
results: with forward coefficients `b` and backward ones `a`, `a0·y[n] = b0·x[n] + b1·x[n-1] + … - a1·y[n-1]
- …`; `a0` is not 0.

A filter whose results grow without end is not refused, but Apply Filter says so where they leave the range of
numbers.

>>> from modules.data_transformation.filter.apply_filter import ApplyFilterParams, apply_filter
>>> made = user_defined_filter(OwnFilterParams(forward="1, -1")).filter
>>> done = apply_filter(made, Table.of(x=[1.0, 4.0, 9.0]), ApplyFilterParams()).results_dataset
>>> done.column("x").data.to_pylist()
[1.0, 3.0, 5.0]
"""

from __future__ import annotations

import math
import re
from typing import Literal

from modules.data_transformation.filter._filters import Filtered, Linear, filter_of
from modules.sdk.declare import module
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, text
from modules.sdk.values import Table as Table


class OwnFilterParams(Params):
    type_of_filter: Literal["fir_filter", "iir_filter"] = choice(
        "fir_filter", "Type of filter", {"fir_filter": "FIR filter", "iir_filter": "IIR filter"}
    )
    forward: str = text("1.0", "Forward", placeholder="0.5, 0.5")
    backward: str = text("1.0", "Backward", shown_when={"type_of_filter": ["iir_filter"]})


@module(version=1, synonyms=("signal", "coefficients", "convolution"))
def user_defined_filter(params: OwnFilterParams) -> Filtered:
    made = Linear(forward=_coefficients(params.forward, "forward"))
    if params.type_of_filter == "iir_filter":
        backward = _coefficients(params.backward, "backward")
        if backward[0] == 0:
            raise ModuleError(
                "The first backward coefficient is not 0: it divides the others.", param="backward"
            )
        made = Linear(forward=made.forward, backward=backward)
    return filter_of("user-defined-filter", params, made)


def _coefficients(written: str, param: str) -> list[float]:
    found = []
    for part in re.split(r"[\s,;]+", written.strip()):
        try:
            found.append(float(part))
        except ValueError:
            found.append(math.nan)
        if not math.isfinite(found[-1]):
            raise ModuleError(
                f"{part!r:.50} is no coefficient. Write numbers with commas between, such as 0.5, 0.5.",
                param=param,
            )
    return found
