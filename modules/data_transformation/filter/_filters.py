"""Filters on a wire: one step of a transform, which says what is done to a column of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import ValidationError

from modules.sdk.declare import port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fitted
from modules.sdk.params import Params
from modules.sdk.values import Step, Transform

Average = Literal["simple", "triangular", "exponential_simple", "exponential", "cumulative"]


class Linear(Fitted):
    """`y[n]` of the last values and of the last results: the coefficients of each."""

    forward: list[float]
    backward: list[float] = [1.0]


class Sections(Fitted):
    """A linear filter as a row of sections of the second order, which keeps its precision at any order."""

    sections: list[list[float]]


class Median(Fitted):
    length: int


class Averaging(Fitted):
    length: int
    kind: Average


class Threshold(Fitted):
    """Values between `low` and `high`, or outside of them; of a `spread` the ends are so many standard
    deviations from the column's mean. `magnitude`: the ends are those of the value without its sign."""

    low: float | None
    high: float | None
    inside: bool
    magnitude: bool
    spread: float | None
    indicator: bool


class Filtered(NamedTuple):
    filter: Annotated[Transform, port("Filter")]


def filter_of(slug: str, params: Params, made: Fitted) -> Filtered:
    step = Step(slug, params.model_dump(mode="json"), made.model_dump(mode="json"))
    return Filtered(Transform((step,)))


KINDS: dict[str, type[Fitted]] = {
    "fir-filter": Linear,
    "iir-filter": Sections,
    "median-filter": Median,
    "moving-average-filter": Averaging,
    "threshold-filter": Threshold,
    "user-defined-filter": Linear,
}


def filters_of(transform: Transform) -> list[Fitted]:
    """The filters on a wire, the first one first; ModuleError where it carries something else."""
    found = []
    for step in transform.steps:
        if step.module not in KINDS:
            raise ModuleError(
                f"A transformation made by {step.module} is no filter. Connect one of the filters, or use "
                "Apply "
                "Transformation."
            )
        try:
            found.append(KINDS[step.module].model_validate(step.fitted))
        except ValidationError:
            raise ModuleError(
                "This filter was made by another version of its module. Run its node again."
            ) from None
    return found


def filtered(made: Fitted, values: np.ndarray) -> np.ndarray:
    """The values after a filter: as many, in the same order."""
    if not len(values) and not isinstance(made, Threshold):
        return values
    done: np.ndarray = APPLY[type(made)](made, values)
    return done


def _linear(made: Any, values: np.ndarray) -> np.ndarray:
    from scipy.signal import lfilter

    return np.asarray(lfilter(made.forward, made.backward, values))


def _sections(made: Any, values: np.ndarray) -> np.ndarray:
    from scipy.signal import sosfilt

    return np.asarray(sosfilt(np.array(made.sections), values))


def _median(made: Any, values: np.ndarray) -> np.ndarray:
    from scipy.ndimage import median_filter

    return np.asarray(median_filter(values, size=made.length, mode="nearest"))


def _average(made: Any, values: np.ndarray) -> np.ndarray:
    """Of the values up to here; where there are fewer than the window holds, of those."""
    from scipy.signal import lfilter

    n, decay = made.length, 2.0 / (made.length + 1)
    if made.kind == "cumulative":
        return np.asarray(np.cumsum(values) / np.arange(1, len(values) + 1))
    if made.kind == "exponential":
        start = (1 - decay) * values[:1]
        return np.asarray(lfilter([decay], [1, decay - 1], values, zi=start)[0])
    weights = {
        "simple": np.ones(n),
        "triangular": np.minimum(np.arange(1, n + 1), np.arange(n, 0, -1)).astype(float),
        "exponential_simple": (1 - decay) ** np.arange(n),
    }[made.kind]
    share = lfilter(weights, [1.0], np.ones(len(values)))
    return np.asarray(lfilter(weights, [1.0], values) / share)


def _threshold(made: Any, values: np.ndarray) -> np.ndarray:
    low = -np.inf if made.low is None else made.low
    high = np.inf if made.high is None else made.high
    if made.spread is not None:
        mean, deviation = values.mean() if len(values) else 0.0, values.std() if len(values) else 0.0
        low, high = mean - made.spread * deviation, mean + made.spread * deviation
    seen = np.abs(values) if made.magnitude else values
    within = (seen >= low) & (seen <= high)
    if made.indicator:
        return within if made.inside else ~within
    if made.inside:
        limited = np.clip(seen, low, high)
    else:
        limited = np.where(~within, seen, np.where(seen - low <= high - seen, low, high))
    return np.where(values < 0, -limited, limited) if made.magnitude else limited


APPLY: dict[type[Fitted], Callable[[Any, np.ndarray], np.ndarray]] = {
    Linear: _linear,
    Sections: _sections,
    Median: _median,
    Averaging: _average,
    Threshold: _threshold,
}
