"""Clip Values

Replaces values beyond a threshold.

**Set of thresholds**: *ClipPeaks* looks at values above the upper threshold, *ClipSubPeaks* at those below
the lower one, *ClipPeaksAndSubpeaks* at both. A threshold is a *Constant*, or a *Percentile* of the column's
values, which lies between two of them linearly.

**Substitute value**: the *Threshold* itself, the *Mean* or the *Median* of the column as it was, or
*Missing*.

**List of columns** may hold numbers, and dates and time spans, for which only percentiles can be thresholds;
columns of other types stay as they are. Whole numbers stay whole, every digit of them, unless the substitute
is a fraction.

**Overwrite flag**: off, the new values stand beside the old ones, as `x_clipped`. **Add indicator columns**
adds `x_IsClipped`, which is true where a value was replaced.

*Transformation* clips another table by the thresholds and substitutes of this one.

>>> params = ClipParams(constant_value_of_upper_threshold=10)
>>> clip_values(Table.of(x=[5, 20, None]), params).results_dataset.column("x").data.to_pylist()
[5, 10, None]
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from modules.data_transformation._clipping import Bounds, Clipping, End, Side, clip, fit_end, spans
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits
from modules.sdk.numbers import ALL_NUMBERS
from modules.sdk.params import Params, choice, columns, integer, number, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform

SETS = {
    "clip_peaks": "ClipPeaks",
    "clip_sub_peaks": "ClipSubPeaks",
    "clip_peaks_and_subpeaks": "ClipPeaksAndSubpeaks",
}
THRESHOLDS = {"constant": "Constant", "percentile": "Percentile"}
SUBSTITUTES = {"threshold": "Threshold", "mean": "Mean", "median": "Median", "missing": "Missing"}
Threshold = Literal["constant", "percentile"]
Substitute = Literal["threshold", "mean", "median", "missing"]
PEAKS = {"set_of_thresholds": ["clip_peaks"]}
SUB = {"set_of_thresholds": ["clip_sub_peaks"]}
BOTH = {"set_of_thresholds": ["clip_peaks_and_subpeaks"]}
CONSTANT, PERCENTILE = ["constant"], ["percentile"]


class ClipParams(Params):
    set_of_thresholds: Literal["clip_peaks", "clip_sub_peaks", "clip_peaks_and_subpeaks"] = choice(
        "clip_peaks", "Set of thresholds", SETS
    )
    upper_threshold: Threshold = choice("constant", "Upper threshold", THRESHOLDS, shown_when=PEAKS)
    constant_value_of_upper_threshold: float = number(
        1.0, "Constant value of upper threshold", shown_when={**PEAKS, "upper_threshold": CONSTANT}
    )
    percentile_number_of_upper_threshold: int = integer(
        99,
        "Percentile number of upper threshold",
        ge=1,
        le=99,
        shown_when={**PEAKS, "upper_threshold": PERCENTILE},
    )
    upper_substitute_value: Substitute = choice(
        "threshold", "Upper substitute value", SUBSTITUTES, shown_when=PEAKS
    )
    lower_threshold: Threshold = choice("constant", "Lower threshold", THRESHOLDS, shown_when=SUB)
    constant_value_of_lower_threshold: float = number(
        -1.0, "Constant value of lower threshold", shown_when={**SUB, "lower_threshold": CONSTANT}
    )
    percentile_number_of_lower_threshold: int = integer(
        1,
        "Percentile number of lower threshold",
        ge=1,
        le=99,
        shown_when={**SUB, "lower_threshold": PERCENTILE},
    )
    lower_substitute_value: Substitute = choice(
        "threshold", "Lower substitute value", SUBSTITUTES, shown_when=SUB
    )
    threshold: Threshold = choice("constant", "Threshold", THRESHOLDS, shown_when=BOTH)
    constant_value_for_upper_threshold: float = number(
        1.0, "Constant value for upper threshold", shown_when={**BOTH, "threshold": CONSTANT}
    )
    constant_value_for_lower_threshold: float = number(
        -1.0, "Constant value for lower threshold", shown_when={**BOTH, "threshold": CONSTANT}
    )
    percentile_number_for_upper_threshold: int = integer(
        99,
        "Percentile number for upper threshold",
        ge=1,
        le=99,
        shown_when={**BOTH, "threshold": PERCENTILE},
    )
    percentile_number_for_lower_threshold: int = integer(
        1,
        "Percentile number for lower threshold",
        ge=1,
        le=99,
        shown_when={**BOTH, "threshold": PERCENTILE},
    )
    substitute_value_for_peaks: Substitute = choice(
        "threshold", "Substitute value for peaks", SUBSTITUTES, shown_when=BOTH
    )
    substitute_value_for_subpeaks: Substitute = choice(
        "threshold", "Substitute value for subpeaks", SUBSTITUTES, shown_when=BOTH
    )
    list_of_columns: ColumnSelection = columns(ALL_NUMBERS, "List of columns", of="dataset")
    overwrite_flag: bool = toggle(True, "Overwrite flag", "Off: new columns stand beside the old ones.")
    add_indicator_columns: bool = toggle(False, "Add indicator columns")

    def upper(self) -> End | None:
        if self.set_of_thresholds == "clip_sub_peaks":
            return None
        if self.set_of_thresholds == "clip_peaks":
            percentile = self.percentile_number_of_upper_threshold
            constant = self.constant_value_of_upper_threshold
            return End(self.upper_threshold, constant, percentile, self.upper_substitute_value)
        percentile, constant = (
            self.percentile_number_for_upper_threshold,
            self.constant_value_for_upper_threshold,
        )
        return End(self.threshold, constant, percentile, self.substitute_value_for_peaks)

    def lower(self) -> End | None:
        if self.set_of_thresholds == "clip_peaks":
            return None
        if self.set_of_thresholds == "clip_sub_peaks":
            percentile = self.percentile_number_of_lower_threshold
            constant = self.constant_value_of_lower_threshold
            return End(self.lower_threshold, constant, percentile, self.lower_substitute_value)
        percentile, constant = (
            self.percentile_number_for_lower_threshold,
            self.constant_value_for_lower_threshold,
        )
        return End(self.threshold, constant, percentile, self.substitute_value_for_subpeaks)


class Clipped(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]
    transformation: Annotated[Transform, port("Transformation")]


def _fit(table: Table, params: ClipParams) -> Clipping:
    upper, lower = params.upper(), params.lower()
    if upper and lower:
        _check_order(params, upper, lower)
    chosen = [table.column(name) for name in dict.fromkeys(params.list_of_columns.names(table))]
    bounds = [made for column in chosen if (made := _bounds(column, upper, lower))]
    return Clipping(overwrite=params.overwrite_flag, indicators=params.add_indicator_columns, columns=bounds)


def _check_order(params: ClipParams, upper: End, lower: End) -> None:
    of = "constant" if params.threshold == "constant" else "percentile"
    high, low = getattr(upper, of), getattr(lower, of)
    if high < low:
        name = f"{of}_{'value' if of == 'constant' else 'number'}_for_upper_threshold"
        raise ModuleError(f"The upper threshold ({high:g}) is below the lower one ({low:g}).", param=name)


def _bounds(column: Column, upper: End | None, lower: End | None) -> Bounds | None:
    """What is done to a column; None where nothing can be."""
    if column.type not in ("integer", "float", "datetime", "timedelta"):
        print(f"warning: {column.name} is {column.type}, so that it stays as it is")
        return None
    if spans(column) and any(end and end.threshold == "constant" for end in (upper, lower)):
        print(f"warning: {column.name} is {column.type}, which needs percentiles; it stays as it is")
        return None
    sides: list[Side | None] = [end and fit_end(column, end) for end in (upper, lower)]
    return Bounds(column=column.name, upper=sides[0], lower=sides[1])


def _learns(params: ClipParams) -> bool:
    ends = [end for end in (params.upper(), params.lower()) if end]
    return any(end.threshold == "percentile" or end.substitute in ("mean", "median") for end in ends)


@module(
    version=1,
    synonyms=("clip", "outliers", "winsorize", "cap", "limit"),
    fits=Fits(Clipping, _fit, clip, learns=_learns),
)
def clip_values(
    dataset: Annotated[Table, port("Dataset")],
    params: ClipParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Clipped:
    return Clipped(*fit_module(clip_values, dataset, params, transformation))
