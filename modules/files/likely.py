"""What else a column of text may be: numbers and dates as people write them, for a person to say."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from modules.files.infer import sample
from modules.files.read_as import READ_AS, fit
from modules.sdk.column import Column

LIKELY = {
    "comma-number": r",|\..*\.",
    "grouped-number": ",",
    "day-first": "",
    "month-first": "",
    "year-first": "",
}
"""What is never found by itself since it may mean two things; and the sign that makes it likely."""


def likely(column: Column, signs: Mapping[str, str] = LIKELY) -> list[str]:
    """The choices that every value fits, as far as there are any: of 1,234 two.

    >>> likely(Column("x", pa.chunked_array([["1,5", None, "1.234,5"]])))
    ['comma-number']
    """
    data = column.data
    if not pa.types.is_large_string(data.type) and not pa.types.is_string(data.type):
        return []
    seen = sample(data)
    return [
        choice
        for choice, sign in signs.items()
        if seen
        and all(re.fullmatch(READ_AS[choice].pattern, value) for value in seen)
        and pc.any(pc.match_substring_regex(data, sign)).as_py()
        and not fit(choice, data)[1]
    ]
