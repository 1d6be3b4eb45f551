"""`:name` in a SQL query is a param of its node. A comment may say its type, default and help:

-- :share float = 0.1, the part that is kept
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from modules.data_transformation._tokens import TOKEN
from modules.sdk.declared import Declared, Kind, default_of, fitted

OWN = frozenset({"sql", "engine"})
"""The module's own settings, which no parameter of a query may be called."""

_NAMED = re.compile(r"(?<![^\s(,=<>+\-*/%|]):([A-Za-z_]\w*)")
_SAID = re.compile(
    r"--\s*:(?P<name>[A-Za-z_]\w*)(?:\s+(?P<type>\w+))?(?:\s*=\s*(?P<default>'(?:[^']|'')*'|[^\s,]+))?"
    r"\s*(?:,\s*(?P<help>.*))?$"
)
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("int", "integer", "bigint"), "integer"),
    **dict.fromkeys(("float", "double", "real", "number", "numeric"), "number"),
    **dict.fromkeys(("bool", "boolean"), "toggle"),
    **dict.fromkeys(("text", "str", "string", "varchar"), "text"),
}
_WORDS = {"true": True, "false": False, "null": None}


def declared_params(sql: str) -> Sequence[Declared]:
    """The params of a query, in the order in which it first names them.

    >>> [(one.name, one.type) for one in declared_params("select * from t1 where a > :least -- :no")]
    [('least', 'text')]
    """
    found: dict[str, Declared] = {}
    said = {match["name"]: match for match in _comments(sql)}
    for name, place in _names(sql):
        if name not in found and name not in OWN:
            line = sql.count("\n", 0, place) + 1
            found[name] = replace(_declared(name, said.get(name)), line=line)
    return list(found.values())


def for_duckdb(sql: str) -> str:
    """The query with `$name` where `:name` stands, which is as long."""
    marks = list(sql)
    for _, place in _names(sql):
        marks[place] = "$"
    return "".join(marks)


def _names(sql: str) -> Iterator[tuple[str, int]]:
    """Each param with its place, outside of texts, quoted names and comments."""
    start = 0
    for token in [*(t for t in TOKEN.finditer(sql) if _is_over(t)), None]:
        end = token.start() if token else len(sql)
        for match in _NAMED.finditer(sql, start, end):
            yield match[1], match.start()
        start = token.end() if token else end


def _is_over(token: re.Match[str]) -> bool:
    return any(token[kind] is not None for kind in ("over", "double", "grave"))


def _comments(sql: str) -> Iterator[re.Match[str]]:
    for token in TOKEN.finditer(sql):
        if (token["over"] or "").startswith("--") and (match := _SAID.match(token[0].rstrip())):
            yield match


def _declared(name: str, said: re.Match[str] | None) -> Declared:
    if said is None:
        return Declared(name, "text", required=True, fitting=True)
    kind = _KINDS.get((said["type"] or "").lower())
    text, help = said["default"], said["help"] or ""
    if text is None:
        return Declared(name, kind or "text", required=True, help=help, fitting=kind is None)
    default = _literal(text)
    kind = kind or _KINDS.get(type(default).__name__, "text")
    one = Declared(name, kind, default, optional=default is None, help=help)
    return replace(one, default=default_of(one))


def _literal(text: str) -> Any:
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    return _WORDS[text.lower()] if text.lower() in _WORDS else fitted(text)
