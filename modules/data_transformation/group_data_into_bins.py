"""Group Data into Bins

Replaces numbers by the number of the bin that they fall into, counted from 1.

A bin holds the values above its lower edge, up to and including its upper edge. The first and the last one
are open: smaller and larger values, of other tables too, fall into them. Missing values stay missing.

**Binning mode**

- *Quantiles*: bins of equally many rows, as nearly as equal values allow: those are never parted, so that
  there may be fewer bins. **Quantile normalization** says how a bin is written: *QuantileIndex* its number,
  *PQuantile* its number divided by the number of bins, *Percent* the same in per cent.
- *Equal Width*: the range of the column in equal parts.
- *Entropy MDL*: edges that part the classes of the **Label column** best, as long as the gain is worth its
  description (Fayyad & Irani 1993); *Number of bins* is the most there can be. Without such an edge there is
  one bin.
- *Custom Edges*: **Comma-separated list of bin edges**; n edges make n + 1 bins.
- *Equal Width with Custom Start and Stop*: edges from **First edge position** in steps of **Bin width** to
  **Last edge position**.

**Columns to bin** are all columns of numbers by default. **Output mode**: *Append* adds columns `xquantized`,
*Inplace* replaces the columns, *ResultOnly* gives the new columns alone. **Tag columns as categorical** makes
the bins ordered categories.

*Binning transformation* holds the edges, to bin other rows alike.

>>> params = BinParams(binning_mode="equal_width", number_of_bins=2, output_mode="result_only")
>>> done = group_data_into_bins(Table.of(x=[0.0, 1.0, 9.0, None, 10.0]), params).quantized_dataset
>>> done.column("xquantized").data.to_pylist()
[1, 1, 2, None, 2]
"""

from __future__ import annotations

from itertools import pairwise
from math import isfinite
from typing import Annotated, Literal, NamedTuple

import numpy as np

from modules.data_transformation._binning import Binning, Edges, bin_columns, quantiles, steps
from modules.data_transformation._entropy import entropy_edges
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits
from modules.sdk.levels import discrete_columns, level_numbers, levels_of
from modules.sdk.numbers import ALL_NUMBERS, base_of, number_columns, numbers
from modules.sdk.params import Params, choice, columns, integer, number, text, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform

MODES = {
    "entropy_mdl": "Entropy MDL",
    "quantiles": "Quantiles",
    "equal_width": "Equal Width",
    "custom_edges": "Custom Edges",
    "equal_width_with_custom_start_and_stop": "Equal Width with Custom Start and Stop",
}
LEARNING = ["entropy_mdl", "quantiles", "equal_width"]
SPAN = {"binning_mode": ["equal_width_with_custom_start_and_stop"]}
MOST_EDGES = 10_000
MOST_CLASSES = 256


class BinParams(Params):
    binning_mode: Literal[
        "entropy_mdl", "quantiles", "equal_width", "custom_edges", "equal_width_with_custom_start_and_stop"
    ] = choice("quantiles", "Binning mode", MODES)
    label_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Label column",
        "The classes that the bins are to part.",
        of="dataset",
        single=True,
        shown_when={"binning_mode": ["entropy_mdl"]},
    )
    number_of_bins: int = integer(
        10, "Number of bins", ge=1, le=MOST_EDGES, shown_when={"binning_mode": LEARNING}
    )
    quantile_normalization: Literal["percent", "p_quantile", "quantile_index"] = choice(
        "quantile_index",
        "Quantile normalization",
        {"percent": "Percent", "p_quantile": "PQuantile", "quantile_index": "QuantileIndex"},
        shown_when={"binning_mode": ["quantiles"]},
    )
    first_edge_position: float = number(0.0, "First edge position", shown_when=SPAN)
    bin_width: float = number(0.5, "Bin width", gt=0, shown_when=SPAN)
    last_edge_position: float = number(1.0, "Last edge position", shown_when=SPAN)
    comma_separated_list_of_bin_edges: str = text(
        "",
        "Comma-separated list of bin edges",
        "Numbers in ascending order.",
        placeholder="0, 10, 100",
        shown_when={"binning_mode": ["custom_edges"]},
    )
    columns_to_bin: ColumnSelection = columns(ALL_NUMBERS, "Columns to bin", of="dataset")
    output_mode: Literal["append", "inplace", "result_only"] = choice(
        "append", "Output mode", {"append": "Append", "inplace": "Inplace", "result_only": "ResultOnly"}
    )
    tag_columns_as_categorical: bool = toggle(True, "Tag columns as categorical")


class Binned(NamedTuple):
    quantized_dataset: Annotated[Table, port("Quantized dataset")]
    binning_transformation: Annotated[Transform, port("Binning transformation")]


def _fit(table: Table, params: BinParams) -> Binning:
    chosen = number_columns(table, params.columns_to_bin.names(table))
    mode = params.binning_mode
    if mode == "entropy_mdl":
        found = _by_label(table, chosen, params)
    elif mode in LEARNING:
        found = [_learned(column, params) for column in chosen]
    else:
        edges = _given(params)
        found = [Edges(column=column.name, edges=edges) for column in chosen]
    return Binning(
        columns=found,
        written=params.quantile_normalization if mode == "quantiles" else "quantile_index",
        output_mode=params.output_mode,
        categorical=params.tag_columns_as_categorical,
    )


def _learned(column: Column, params: BinParams) -> Edges:
    base = base_of(column)
    values = numbers(column, base)
    values = values[np.isfinite(values)]
    if not len(values):
        return Edges(column=column.name, edges=[])
    if params.binning_mode == "quantiles":
        inner = quantiles(values, params.number_of_bins)
        if len(inner) + 1 < params.number_of_bins:
            print(f"warning: {column.name} has so many equal values that there are {len(inner) + 1} bins")
    else:
        inner = np.linspace(values.min(), values.max(), params.number_of_bins + 1)[1:-1]
        inner = inner if values.min() < values.max() else inner[:0]
    return Edges.of(column, inner, base)


def _by_label(table: Table, chosen: list[Column], params: BinParams) -> list[Edges]:
    names = params.label_column.names(table)
    if len(names) != 1:
        raise ModuleError("Entropy MDL needs one column as the label.", param="label_column")
    (label,) = discrete_columns(table, names)
    levels = levels_of(label)
    if len(levels) > MOST_CLASSES:
        raise ModuleError(
            f"The label {label.name} has {len(levels):,} different values; Entropy MDL takes at most "
            f"{MOST_CLASSES} classes.",
            param="label_column",
        )
    classes = level_numbers(label, levels)
    found = []
    for column in chosen:
        base = base_of(column)
        values = numbers(column, base)
        there = np.isfinite(values) & (classes >= 0)
        inner = entropy_edges(values[there], classes[there], params.number_of_bins)
        if column.name != label.name:
            found.append(Edges.of(column, inner, base))
    return found


def _given(params: BinParams) -> list[float]:
    if params.binning_mode == "equal_width_with_custom_start_and_stop":
        first, last = params.first_edge_position, params.last_edge_position
        if first > last:
            raise ModuleError(
                f"The first edge ({first:g}) is above the last one ({last:g}).", param="first_edge_position"
            )
        if (last - first) / params.bin_width > MOST_EDGES:
            raise ModuleError(
                f"There would be more than {MOST_EDGES:,} bins; make them wider.", param="bin_width"
            )
        return steps(first, last, params.bin_width)
    param = "comma_separated_list_of_bin_edges"
    try:
        edges = [float(part) for part in params.comma_separated_list_of_bin_edges.split(",")]
    except ValueError:
        raise ModuleError(
            "The bin edges need to be numbers with commas between them, such as 0, 10, 100.", param=param
        ) from None
    if not all(map(isfinite, edges)) or any(low >= high for low, high in pairwise(edges)):
        raise ModuleError(
            "The bin edges need to ascend: finite numbers, each larger than the one before.", param=param
        )
    return edges


@module(
    version=1,
    synonyms=("bin", "quantize", "discretize", "cut", "buckets", "histogram"),
    fits=Fits(Binning, _fit, bin_columns, learns=lambda params: params.binning_mode in LEARNING),
)
def group_data_into_bins(
    dataset: Annotated[Table, port("Dataset")],
    params: BinParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Binned:
    return Binned(*fit_module(group_data_into_bins, dataset, params, transformation))
