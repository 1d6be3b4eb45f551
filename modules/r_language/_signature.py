"""What `azureml_main` of an R script takes beside its tables: a plain default makes a param of the node.

`c("a", "b")` offers both, as `match.arg` reads it. The source is read by its marks alone, never run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from modules.sdk.declared import Declared, Kind
from modules.sdk.source import clean

OWN = frozenset({"script", "random_seed", "run_every_time", "network", "use_cached_results", "secrets"})
"""The module's own settings, which no parameter of a script may be called."""

_MARK = re.compile(
    r"""(?P<over>\#[^\n]*)|(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|`[^`]*`|(?P<open>[([{])|(?P<close>[)\]}])
    |(?P<comma>,)""",
    re.VERBOSE | re.DOTALL,
)
_MAIN = re.compile(r"\bazureml_main\s*(?:<<?-|=)\s*(?:function\s*|\\\s*)\(")
_PARAM = re.compile(r"\s*([A-Za-z.][\w.]*)\s*=\s*(.+?)\s*$", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_TEXT = re.compile(r"""(["'])((?:\\.|(?!\1)[^\\])*)\1""", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_FLAGS = {"TRUE": True, "FALSE": False, "T": True, "F": False}


def declared_params(script: str) -> Sequence[Declared]:
    """The params that an R script declares, in their order.

    >>> [one.name for one in declared_params("azureml_main <- function(frame, alpha = 0.1) frame")]
    ['alpha']
    """
    script = clean(script)
    code = _without_comments(script)
    starts = [match.end() for match in _MAIN.finditer(code)]
    if not starts:
        return []
    found = []
    for text, at in _arguments(script, starts[-1]):
        match = _PARAM.match(text)
        if match and match[1] not in OWN and (one := _read_default(match[2])):
            place = re.compile(rf"{re.escape(match[1])}\s*=").search(code, at)
            line = script.count("\n", 0, place.start()) + 1 if place else None
            kind, default, choices = one
            found.append(Declared(match[1], kind, default, choices, line=line))
    return found


def as_r(values: Mapping[str, Any]) -> str:
    """The values as an R list that has their names."""
    return f"list({', '.join(f'{_quoted(name)} = {_value(value)}' for name, value in values.items())})\n"


def _without_comments(script: str) -> str:
    """Of the same length, with blanks for comments and for what stands in quotes."""
    return _MARK.sub(lambda m: " " * len(m[0]) if m["over"] or m["text"] else m[0], script)


def _arguments(script: str, start: int) -> Iterator[tuple[str, int]]:
    """Each argument as text without comments, with its place, up to the bracket that closes the list."""
    depth, begin, parts, at = 0, start, [], start
    for mark in _MARK.finditer(script, start):
        if mark["over"]:
            parts.append(script[at : mark.start()])
            at = mark.end()
        elif mark["open"]:
            depth += 1
        elif (mark["close"] or mark["comma"]) and depth == 0:
            yield "".join([*parts, script[at : mark.start()]]), begin
            if mark["close"]:
                return
            begin, parts, at = mark.end(), [], mark.end()
        elif mark["close"]:
            depth -= 1


def _read_default(default: str) -> tuple[Kind, Any, tuple[Any, ...]] | None:
    """Its kind, default and choices; None where the default is none that is plain."""
    if default.startswith("c(") and default.endswith(")"):
        values = [_text(part.strip()) for part, _ in _arguments(default, 2)]
        plain = tuple(value for value in values if value is not None)
        return ("choice", plain[0], plain) if plain and len(plain) == len(values) else None
    if default in _FLAGS:
        return "toggle", _FLAGS[default], ()
    if default.endswith("L") and default[:-1].lstrip("+-").isdecimal():
        return "integer", int(default[:-1]), ()
    if _NUMBER.fullmatch(default):
        return "number", float(default), ()
    text = _text(default)
    return None if text is None else ("text", text, ())


def _text(literal: str) -> str | None:
    match = _TEXT.fullmatch(literal)
    return match and re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), match[2], flags=re.DOTALL)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return f"{value}L" if abs(value) < 2**31 else str(value)
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    plain = "".join(
        c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in text
    )
    return f'"{plain}"'
