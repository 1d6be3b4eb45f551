"""Detect Languages

Says for each text in which language it is written.

*Results dataset* has three columns more: `<column> Language`, the English name; `<column> Iso6391 Language`,
the code of two letters; and `<column> Iso6391 Language Score`, how sure that is, from 0 to 1. Where nothing
can be found, because a text has no letters or is missing, the language is `(Unknown)` and the score 0.

**Upper bound on number of languages to detect**: more than 1 adds the next likely ones, as `<column> Language
2` and so on, as long as their score is at least 0.01. A score is about the whole text: that of a text of two
languages says which one is more like it.

The library py3langid runs here, which knows about a hundred languages with a code of two letters, not the
184 of ML Studio (classic). Ten words are usually enough; of two or three words the answer is often wrong,
above all between languages that are close.

>>> table = Table.of(t=["Where is the nearest railway station?", "Wo ist der nächste Bahnhof?", None])
>>> params = DetectLanguagesParams(text_column="t")
>>> detect_languages(table, params).results_dataset.column("t Iso6391 Language").data.to_pylist()
['en', 'de', '(Unknown)']
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, NamedTuple

import numpy as np

from modules.data_transformation._chosen import side_by_side
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.numbers import float_column
from modules.sdk.params import Params, columns, integer
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table
from modules.text_analytics._languages import NAMES, detector
from modules.text_analytics._texts import ALL_TEXT, one_text_column, text_column, texts

UNKNOWN = "(Unknown)"
LEAST_SCORE = 0.01
Found = list[tuple[str, float]]


class DetectLanguagesParams(Params):
    text_column: ColumnSelection = columns(ALL_TEXT, "Text column", of="dataset", single=True)
    upper_bound_on_number_of_languages_to_detect: int = integer(
        1, "Upper bound on number of languages to detect", ge=1, le=184
    )


class Detected(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("language", "langid", "locale"))
def detect_languages(dataset: Annotated[Table, port("Dataset")], params: DetectLanguagesParams) -> Detected:
    column = one_text_column(dataset, params.text_column, "text_column")
    most = params.upper_bound_on_number_of_languages_to_detect
    cached = cache(lambda text: _languages(text, most))  # a column of short texts often repeats them
    found = [cached(text or "") for text in texts(column)]
    made: list[Column] = []
    for at in range(max(1, max(map(len, found), default=1))):
        made += _columns(column.name, found, at)
    return Detected(side_by_side(dataset, made))


def _languages(text: str, most: int) -> Found:
    """The likeliest languages of a text, best first; empty where it has no letters."""
    if not any(map(str.isalpha, text)):
        return []
    ranked = detector().rank(text)[:most]
    return [(code, float(score)) for code, score in ranked if score >= LEAST_SCORE]


def _columns(name: str, found: list[Found], at: int) -> list[Column]:
    behind = f" {at + 1}" if at else ""
    nothing = None if at else UNKNOWN
    codes = [languages[at][0] if len(languages) > at else nothing for languages in found]
    nowhere = np.nan if at else 0.0
    scores = np.array([languages[at][1] if len(languages) > at else nowhere for languages in found], float)
    return [
        text_column(f"{name} Language{behind}", [NAMES.get(code, code) if code else None for code in codes]),
        text_column(f"{name} Iso6391 Language{behind}", codes),
        float_column(f"{name} Iso6391 Language Score{behind}", scores),
    ]
