"""Arrow's type for each type of a column: what a column is made of where no value says more."""

from __future__ import annotations

import pyarrow as pa

ARROW: dict[str, pa.DataType] = {
    "integer": pa.int64(),
    "float": pa.float64(),
    "string": pa.large_string(),
    "boolean": pa.bool_(),
    "datetime": pa.timestamp("us"),
    "timedelta": pa.duration("us"),
    "categorical": pa.dictionary(pa.int32(), pa.large_string()),
    "binary": pa.large_binary(),
}
