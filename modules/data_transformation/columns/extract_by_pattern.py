r"""Extract by Pattern

Adds columns with what a regular expression finds in a text: the postcode of an address, the digits of a code.

**Pattern**: each pair of parentheses is a column. `(?P<name>…)` gives it a name; the others are called `x 1`,
`x 2` … Without parentheses the whole match is one column. A value in which nothing is found gives missing
ones. The patterns are those of RE2, which never take long: `\d` is a digit, `\w` a letter, digit or
underline, `+` one or more, `?` one or none.

>>> params = ExtractParams(column="t", pattern=r"(?P<code>\d{5}) (?P<city>\w+)")
>>> extract_by_pattern(Table.of(t=["53111 Bonn", "?"]), params).results_dataset.arrow().to_pydict()
{'t': ['53111 Bonn', '?'], 'code': ['53111', None], 'city': ['Bonn', None]}
"""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._chosen import the_column, with_columns
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import Known, Line, NoLine, one_of, pandas
from modules.sdk.params import Params, columns, text
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import one_piece
from modules.sdk.values import Table

NAMED = re.compile(r"(?<!\\)\(\?P<(\w+)>|(?<!\\)\((?!\?)")


class ExtractParams(Params):
    column: ColumnSelection = columns(
        ColumnSelection.none(), "Column", of="dataset", single=True, required=True
    )
    pattern: str = text("", "Pattern", required=True, placeholder=r"(\d{5}) (\w+)")


class Extracted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: ExtractParams) -> Line:
    name = dataset.one(params.column, "Column")
    one_of(dataset, [name], "string", "categorical")
    try:
        groups = re.compile(params.pattern)
    except re.error as error:
        raise NoLine(f"{params.pattern!r} is not a pattern: {error}.") from None
    pattern = params.pattern if groups.groups else f"({params.pattern})"
    places = {place - 1 for place in groups.groupindex.values()}
    new = {at: f"{name} {at + 1}" for at in range(max(groups.groups, 1)) if at not in places}
    named = f".rename(columns={new})" if new else ""
    return pandas(f"dataframe1.join(dataframe1[{name!r}].str.extract({pattern!r}){named})")


@module(
    version=1,
    row_by_row=True,
    line=line,
    foretells=True,
    synonyms=("regex", "regexp_extract", "str.extract", "Regex Extractor", "substring", "find"),
)
def extract_by_pattern(dataset: Annotated[Table, port("Dataset")], params: ExtractParams) -> Extracted:
    column = the_column(dataset, params.column, "column", "Column")
    try:
        groups = re.compile(params.pattern)
        names = {place: name for name, place in groups.groupindex.items()}
        many = groups.groups
        numbered = _numbered(params.pattern if many else f"({params.pattern})")
        found = pc.extract_regex(one_piece(cast(uncategorical(column), "string").data), numbered)
    except (re.error, pa.ArrowInvalid) as error:
        raise ModuleError(f"{params.pattern!r} is not a pattern: {error}.", param="pattern") from None
    made = []
    for at in range(max(many, 1)):
        name = names.get(at + 1, f"{column.name} {at + 1}")
        made.append(Column(name, pa.chunked_array([pc.struct_field(found, [at]).cast(pa.large_string())])))
    return Extracted(with_columns(dataset, made, instead=False))


def _numbered(pattern: str) -> str:
    """The pattern with a name of ours for each group: Arrow takes named ones only.

    >>> _numbered(r"(a)(?P<x>b)")
    '(?P<g0>a)(?P<g1>b)'
    """
    places = iter(range(len(pattern)))
    return NAMED.sub(lambda _: f"(?P<g{next(places)}>", pattern)
