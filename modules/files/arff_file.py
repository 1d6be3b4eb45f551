"""ARFF, by liac-arff: nominal attributes become categories, `date` ones datetimes, `?` is missing.

In sparse data a value that is left out is 0, the first category, or, of text and dates, missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import arff
import pyarrow as pa
import pyarrow.compute as pc

from modules.files.infer import infer
from modules.files.java_dates import NotRead, read_java_dates
from modules.files.names import header_names
from modules.files.read_as import NUMBER, fit
from modules.files.spill import Scratch
from modules.files.text_source import load_text
from modules.sdk.column import Column
from modules.sdk.errors import FileError
from modules.sdk.values import Table

RELATION = re.compile(r"^[ \t]*@relation[ \t]+", re.I | re.M)
ATTRIBUTE = re.compile(r"^[ \t]*@attribute[ \t]+(.*?)[ \t]*$", re.I | re.M)
NAME_AND_TYPE = re.compile(r"""("[^"]*"|'(?:[^'\\]|\\.)*'|[^{}%,\s]*)\s+(.+)""")
DATA = re.compile(r"^[ \t]*@data\b.*", re.I | re.M)
NUMBERS = {"INTEGER": "integer", "NUMERIC": "float", "REAL": "float"}
LONG = r"^[+-]?[0-9]{16,}$"
ADVICE = "see @relation, @attribute and @data in the description of ARFF"

Typed = tuple[pa.ChunkedArray, str | None]


def read_arff(path: Path, scratch: Scratch | None = None, encoding: str | None = None) -> Table:
    """The table of an ARFF file, dense or sparse. INTEGER is integer, NUMERIC and REAL are float, but where
    that would change a value: then the column is whatever holds each of them."""
    with load_text(path, scratch, encoding).reader() as stream:
        text = stream.read().replace("\r\n", "\n").replace("\r", "\n")
    kinds, text = _all_text(text)
    try:
        found = _loaded(text)
    except arff.ArffException as error:
        line = error.line if isinstance(getattr(error, "line", None), int) and error.line > 0 else None
        where = f" in line {line}" if line else ""
        raise FileError(f"it breaks a rule of ARFF{where}: {_reason(error)}; {ADVICE}", line=line) from error
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise FileError(f"it is not ARFF ({error}); {ADVICE}") from error
    names = header_names(name for name, _ in found["attributes"])
    rows = found["data"]
    sparse = bool(rows) and isinstance(rows[0], dict)
    types = [
        said if kind == "NOMINAL" else kind
        for kind, (_, said) in zip(kinds, found["attributes"], strict=True)
    ]
    columns = []
    for at, (name, kind) in enumerate(zip(names, types, strict=True)):
        cells = [row.get(at, _left_out(kind)) if sparse else row[at] for row in rows]
        try:
            data, note = _typed(kind, cells, partial(_line, text))
        except _NoNumber as error:
            line = _line(text, error.row)
            reason = f"line {line}: {name} is {cells[error.row]!r}, which is not a number"
            raise FileError(reason, line=line) from error
        columns.append(Column(name, data, note=note))
    return Table.from_columns(columns, len(rows))


def _loaded(text: str) -> dict[str, Any]:
    """What the library reads; of sparse data the rows as dicts, which tell what was left out."""
    if re.match(r"\s*(?:%.*\s+)*\{", text[found.end() :] if (found := DATA.search(text)) else ""):
        try:
            return arff.loads(text, return_type=arff.LOD)
        except arff.BadLayout:  # sparse and dense rows together
            pass
    return arff.loads(text)


def _left_out(kind: str | Sequence[str]) -> str | None:
    if not isinstance(kind, str):
        return kind[0]
    return "0" if kind in NUMBERS else None


class _NoNumber(ValueError):
    def __init__(self, row: int) -> None:
        self.row = row


def _all_text(text: str) -> tuple[list[str], str]:
    """The types of the attributes; and the file with numbers and dates declared as text: the library would
    make floats of integers, and knows no dates."""
    kinds: list[str] = []

    def declared(found: re.Match[str]) -> str:
        parts = NAME_AND_TYPE.fullmatch(found[1])
        name, said = parts.groups() if parts else (found[1], "")
        kind = "NOMINAL" if said.startswith("{") else said.upper()
        kind = f"DATE {_pattern(said)}" if kind.split()[:1] == ["DATE"] else kind
        kinds.append(kind)
        return f"@attribute {name} {'STRING' if kind in NUMBERS or kind.startswith('DATE ') else said}"

    data = DATA.search(text)
    start = data.start() if data else len(text)
    head = RELATION.sub("@relation ", text[:start])
    return kinds, ATTRIBUTE.sub(declared, head) + text[start:]


def _pattern(said: str) -> str:
    """What stands behind `date`, without its quotes."""
    pattern = said[len("date") :].strip()
    if len(pattern) > 1 and pattern[0] == pattern[-1] and pattern[0] in "\"'":
        pattern = re.sub(r"\\(.)", r"\1", pattern[1:-1])
    return pattern


def _typed(kind: str | Sequence[str], values: Sequence[Any], line: Callable[[int], int]) -> Typed:
    """The values as their attribute has them, with a note where it cannot. `line`: of a row."""
    if not isinstance(kind, str):
        places = {category: at for at, category in enumerate(kind)}
        codes = pa.array([None if value is None else places[value] for value in values], pa.int32())
        categories = pa.array(list(places), pa.large_string())
        return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, categories)]), None
    text = pa.chunked_array([pa.array(values, pa.large_string())])
    if kind in NUMBERS:
        return _numbers(NUMBERS[kind], text)
    if not kind.startswith("DATE "):
        return text, None
    if pattern := kind.removeprefix("DATE "):
        try:
            return read_java_dates(text, pattern), None
        except NotRead as error:
            where = f" in line {line(error.row)}" if error.row is not None else ""
            return text, f"{error}{where}, so it is text"
    dated = infer(text)
    return (dated if pa.types.is_timestamp(dated.type) else text), None


def _numbers(wanted: str, text: pa.ChunkedArray) -> Typed:
    """Integers or floats; the other one, or text, where these do not hold each value exactly."""
    typed, bad = fit(wanted, text)
    if wanted == "integer" and bad:
        typed, bad = fit("float", text)
    odd = next((row for row in bad if not re.fullmatch(NUMBER, text[row].as_py().strip())), None)
    if odd is not None:
        raise _NoNumber(odd)
    if not bad and (pa.types.is_integer(typed.type) or _exact(text)):
        return typed, None
    whole, bad = fit("integer", text)
    return (text, "no type of number holds each of these exactly, so they are text") if bad else (whole, None)


def _exact(text: pa.ChunkedArray) -> bool:
    """Whether floats hold all that are whole numbers."""
    trimmed = pc.utf8_trim_whitespace(text)
    long = trimmed.filter(pc.fill_null(pc.match_substring_regex(trimmed, LONG), False))
    return all(int(float(value)) == int(value) for value in long.to_pylist())


def _line(text: str, row: int) -> int:
    """The line of a row of data, from 0."""
    lines = enumerate(text.split("\n"), 1)
    next(number for number, line in lines if DATA.match(line))
    rows = (number for number, line in lines if line.strip() and not line.strip().startswith("%"))
    return next(islice(rows, row, None))


def _reason(error: Exception) -> str:
    """liac-arff's sentence, without its line, which is named already, and without a full stop."""
    return re.sub(r",? at line -?\d+", "", str(error)).strip().rstrip(".")
