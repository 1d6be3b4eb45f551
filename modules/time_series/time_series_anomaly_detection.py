"""Time Series Anomaly Detection

Marks the points where a series of numbers leaves its normal course.

**Time Column** holds dates or times, each once; the rows need not be in order. *Time series annotated with
anomaly scores* has two columns more: `Anomaly Score`, and `Alert`, which is 1 where the score is above
**Alert Threshold**, else
0. A row whose number or time is missing has neither.

**Strangeness Function Type** says what is strange beside the last values: *RangePercentile* is far from
their middle, above or below; *SlowPosTrend* is above them, so that a slow rise is found; *SlowNegTrend* is
below them. **Length of Strangeness Values** is how many values are compared, **Length of Martingale
Values** how far back the change may have begun; 0 is all.

The score tells how unlikely it is that nothing has changed: a bet on strange values is kept up (a power
martingale; *PowerAvg* takes the mean over all exponents, *Power* the **Epsilon** that you choose), and the
score is the logarithm to the base 10 of what it would have won. A single outlier scores little; a new level
scores more with each row. Classic told its method in words only, so that scores are near to its own, not
the same.

>>> from datetime import datetime, timedelta
>>> days = [datetime(2024, 1, 1) + timedelta(days=day) for day in range(60)]
>>> table = Table.of(day=days, x=[float(day % 7) for day in range(50)] + [20.0 + day for day in range(10)])
>>> params = AnomalyParams(data_column="x", time_column="day")
>>> done = time_series_anomaly_detection(table, params).time_series_annotated_with_anomaly_scores
>>> alerts = done.column("Alert").data.to_pylist()
>>> sum(alerts[:50]), alerts[50:].index(1)
(0, 6)
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._chosen import side_by_side, the_column
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.numbers import NUMBERS, float_column, numbers
from modules.sdk.params import Params, choice, columns, integer, number
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table
from modules.time_series._martingale import Martingale, Strangeness, p_values, scores

STRANGENESS = {
    "range_percentile": "RangePercentile",
    "slow_pos_trend": "SlowPosTrend",
    "slow_neg_trend": "SlowNegTrend",
}
NONE = ColumnSelection.none()


class AnomalyParams(Params):
    data_column: ColumnSelection = columns(
        NONE, "Data Column", of="input_data_containing_time_stamps_and_values", single=True, required=True
    )
    time_column: ColumnSelection = columns(
        NONE, "Time Column", of="input_data_containing_time_stamps_and_values", single=True, required=True
    )
    martingale_type: Martingale = choice(
        "power_avg", "Martingale Type", {"power_avg": "PowerAvg", "power": "Power"}
    )
    epsilon: float = number(
        0.1, "Epsilon", "Small ones bet on the strangest values.", gt=0, lt=1,
        shown_when={"martingale_type": ["power"]},
    )  # fmt: skip
    strangeness_function_type: Strangeness = choice(
        "range_percentile", "Strangeness Function Type", STRANGENESS
    )
    length_of_martingale_values: int = integer(500, "Length of Martingale Values", ge=0, le=5000)
    length_of_strangeness_values: int = integer(500, "Length of Strangeness Values", ge=0, le=5000)
    alert_threshold: float = number(3.25, "Alert Threshold", ge=0, le=100)


class Scored(NamedTuple):
    time_series_annotated_with_anomaly_scores: Annotated[
        Table, port("Time series annotated with anomaly scores")
    ]


@module(version=1, synonyms=("outliers", "change point", "level change", "trend", "martingale"))
def time_series_anomaly_detection(
    input_data_containing_time_stamps_and_values: Annotated[
        Table, port("Input data containing time stamps and values")
    ],
    params: AnomalyParams,
) -> Scored:
    table = input_data_containing_time_stamps_and_values
    series = the_column(table, params.data_column, "data_column", "Data Column")
    if series.type not in NUMBERS:
        raise ModuleError(f"Column {series.name} is {series.type}; needed are numbers.", param="data_column")
    values = numbers(series)
    if np.isinf(values).any():
        row = int(np.flatnonzero(np.isinf(values))[0]) + 1
        raise ModuleError(
            f"Row {row} of column {series.name} is infinite. Clip it first.", param="data_column"
        )
    order = _order(the_column(table, params.time_column, "time_column", "Time Column"))
    order = order[~np.isnan(values[order])]
    p = p_values(values[order], params.length_of_strangeness_values, params.strangeness_function_type)
    score = np.full(len(table), np.nan)
    score[order] = scores(p, params.length_of_martingale_values, params.martingale_type, params.epsilon)
    alert = pa.array(score > params.alert_threshold).cast(pa.int64())
    alert = pc.if_else(pa.array(np.isnan(score)), pa.scalar(None, pa.int64()), alert)
    made = [float_column("Anomaly Score", score), Column("Alert", pa.chunked_array([alert]))]
    return Scored(side_by_side(table, made))


def _order(column: Column) -> np.ndarray:
    """The rows that have a time, the earliest first; ModuleError where a time stands twice."""
    if column.type != "datetime":
        raise ModuleError(
            f"Column {column.name} is {column.type}; needed are dates or times. Use Edit Metadata or Parse "
            "Dates.",
            param="time_column",
        )
    data = one_piece(storable(column.data))
    rows = np.flatnonzero(data.is_valid().to_numpy(zero_copy_only=False))
    times = data.drop_null().cast(pa.int64(), safe=False).to_numpy() if len(rows) else np.array([], np.int64)
    order = np.argsort(times, kind="stable")
    twice = np.flatnonzero(np.diff(times[order]) == 0)
    if len(twice):
        first = data[int(rows[order[twice[0]]])].as_py()
        raise ModuleError(
            f"{first} stands twice in column {column.name}. Each time may stand once: use Group and "
            "Aggregate or "
            "Remove Duplicate Rows first.",
            param="time_column",
        )
    return rows[order]
