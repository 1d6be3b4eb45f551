"""The words of a SQL query, so far as names are concerned: text and comments are passed over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

TOKEN = re.compile(
    r"""(?P<over>--[^\n]*|/\*.*?(?:\*/|$)|'(?:[^']|'')*'|\$\$.*?\$\$)
    |"(?P<double>(?:[^"]|"")*)"|`(?P<grave>(?:[^`]|``)*)`|\[(?P<square>[^\]'"`\n]*)\]
    |(?P<word>[^\W\d][\w$]*)|(?P<mark>[.(])|(?P<other>\d[\w.]*|\S)""",
    re.DOTALL | re.VERBOSE,
)


class Name(NamedTuple):
    """A word or a quoted name: its text, what stands before it (`t2.` or a word), and whether `(` follows."""

    text: str
    quoted: bool
    of: str | None
    after: str
    called: bool
    line: int


def names(sql: str) -> Iterator[Name]:
    """All names and words of a query, in order.

    >>> [(n.text, n.of) for n in names("select t1.[a b], 'x' from t1 -- y")]
    [('select', None), ('t1', None), ('a b', 't1'), ('from', None), ('t1', None)]
    """
    tokens = [found for found in TOKEN.finditer(sql) if found["over"] is None]
    for at, token in enumerate(tokens):
        text = _text(token)
        if text is None:
            continue
        dotted = at > 1 and tokens[at - 1]["mark"] == "."
        yield Name(
            text,
            token["word"] is None,
            _text(tokens[at - 2]) if dotted else None,
            (_text(tokens[at - 1]) or "").lower() if at else "",
            at + 1 < len(tokens) and tokens[at + 1]["mark"] == "(",
            sql.count("\n", 0, token.start()) + 1,
        )


UNNAMED = frozenset(
    {
        "columns", "describe", "desc", "explain", "insert", "natural", "pivot", "pivot_longer", "pivot_wider",
        "positional", "pragma", "replace", "show", "summarize", "table", "unpivot", "update",
    }
)  # fmt: skip
"""Words with which a query may take columns that it does not name."""


def names_its_columns(sql: str, tables: Collection[str]) -> bool:
    """Whether a query names each column that it takes of these tables. False also where that is not plain.

    >>> [names_its_columns(sql, ["t1"]) for sql in ("select a, count(*) from t1", "select * from t1")]
    [True, False]
    """
    said = list(names(sql))
    plain = [name.text.lower() for name in said if not name.quoted]
    if UNNAMED & set(plain) or plain.count("select") < plain.count("from") or _takes_all(sql):
        return False
    return all(
        name.after in ("from", "join") for name in said if name.of is None and name.text.lower() in tables
    )


def _takes_all(sql: str) -> bool:
    """Whether a `*` stands where it means every column, not a product or `count(*)`."""
    tokens = [found for found in TOKEN.finditer(sql) if found["over"] is None]
    before = [(token["word"] or token[0]).lower() for token in tokens]
    return any(
        token[0] == "*" and (not at or before[at - 1] in ("select", "distinct", "all", ",", "."))
        for at, token in enumerate(tokens)
    )


def in_graves(sql: str) -> str:
    """The query with `"x"` written in grave accents, which SQLite takes for a name and for nothing else.

    >>> in_graves('select "a b" from t1')
    'select `a b` from t1'
    """

    def turned(token: re.Match[str]) -> str:
        return token[0] if token["double"] is None else "`" + (_text(token) or "").replace("`", "``") + "`"

    return TOKEN.sub(turned, sql)


def words(sql: str) -> list[str]:
    """The unquoted words in lower case."""
    return [name.text.lower() for name in names(sql) if not name.quoted]


def _text(token: re.Match[str]) -> str | None:
    """What a name is without its quotes; None of anything else."""
    if token["double"] is not None:
        return token["double"].replace('""', '"')
    if token["grave"] is not None:
        return token["grave"].replace("``", "`")
    return token["square"] if token["square"] is not None else token["word"]
