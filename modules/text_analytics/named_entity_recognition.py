"""Named Entity Recognition

Finds people, places and organizations in English text.

**Story** is a table whose first column of text is read. *Entities* has a row for each name found:
`Article`, the number of the row from 0; `Mention`, the name as it is written; `Offset`, the place of its
first character, from 0; `Length`; and `Type`: `PER`, `LOC` or `ORG`. A missing text has no names.
**CustomResources** is kept for experiments of ML Studio (classic), where nothing used it either.

What runs here is a set of rules, not the trained model of ML Studio (classic), which nobody can have: runs
of capitalized words, told apart by what is in them (`Mr`, a first name, `Inc`, `University`, `River`),
around them (*in*, *said*), and by the countries and cities of the time zone database. Plain news text comes
out well; names at the beginning of a sentence, names of products and text without capital letters do not.
Try it on texts of yours before you build on it; for more, install a library with a trained model and use
Execute Python Script.

>>> table = Table.of(story=["Maria Silva of Contoso Inc. met Mr. Jones in Paris."])
>>> found = named_entity_recognition(table).entities
>>> found.column("Mention").data.to_pylist(), found.column("Type").data.to_pylist()
(['Maria Silva', 'Contoso Inc', 'Jones', 'Paris'], ['PER', 'ORG', 'PER', 'LOC'])
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import pyarrow as pa

from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Bundle, Table
from modules.text_analytics._entities import entities
from modules.text_analytics._texts import text_columns, texts


class Entities(NamedTuple):
    entities: Annotated[Table, port("Entities")]


@module(version=1, synonyms=("ner", "people", "places", "organizations", "names"))
def named_entity_recognition(
    story: Annotated[Table, port("Story")],
    customresources: Annotated[Bundle | None, port("CustomResources")] = None,
) -> Entities:
    first = next((column.name for column in story if column.type == "string"), None)
    if first is None:
        raise ModuleError("The table has no column of text to look for names in.")
    column = text_columns(story, ColumnSelection.of(first), "story")[0]
    found = [(row, one) for row, text in enumerate(texts(column)) for one in entities(text or "")]
    return Entities(
        Table.from_arrow(
            pa.table(
                {
                    "Article": pa.array([row for row, _ in found], pa.int64()),
                    "Mention": pa.array([one.mention for _, one in found], pa.large_string()),
                    "Offset": pa.array([one.offset for _, one in found], pa.int64()),
                    "Length": pa.array([len(one.mention) for _, one in found], pa.int64()),
                    "Type": pa.array([one.kind for _, one in found], pa.large_string()),
                }
            )
        )
    )
