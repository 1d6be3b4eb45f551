"""ARFF, by liac-arff: nominal attributes become categories, `date` ones datetimes, `?` is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import arff
import pyarrow as pa

from modules.files.infer import infer
from modules.files.names import header_names
from modules.files.spill import Scratch
from modules.files.text_source import load_text
from modules.sdk.errors import FileError
from modules.sdk.values import Column, Table

DATE = re.compile(r"^(\s*@attribute\s+(?:'[^']*'|\"[^\"]*\"|\S+)\s+)date\b.*$", re.I | re.M)
ADVICE = "see @relation, @attribute and @data in the description of ARFF"


def read_arff(path: Path, scratch: Scratch | None = None, encoding: str | None = None) -> Table:
    """The table of an ARFF file, dense or sparse. INTEGER is integer, NUMERIC and REAL are float."""
    with load_text(path, scratch, encoding).reader() as stream:
        text = stream.read().replace("\r\n", "\n").replace("\r", "\n")
    try:
        found = arff.loads(DATE.sub(r"\1STRING", text))
    except arff.ArffException as error:
        line = error.line if isinstance(getattr(error, "line", None), int) and error.line > 0 else None
        where = f" in line {line}" if line else ""
        raise FileError(f"it breaks a rule of ARFF{where}: {_reason(error)}; {ADVICE}", line=line) from error
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise FileError(f"it is not ARFF ({error}); {ADVICE}") from error
    names = header_names(name for name, _ in found["attributes"])
    rows = found["data"]
    values = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    columns = [
        Column(name, _typed(kind, column))
        for name, (_, kind), column in zip(names, found["attributes"], values, strict=True)
    ]
    return Table.from_columns(columns, len(rows))


def _typed(kind: str | Sequence[str], values: Sequence[Any]) -> pa.ChunkedArray:
    if not isinstance(kind, str):
        places = {category: at for at, category in enumerate(kind)}
        codes = pa.array([None if value is None else places[value] for value in values], pa.int32())
        categories = pa.array(list(places), pa.large_string())
        return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, categories)])
    if kind == "INTEGER":
        return pa.chunked_array([pa.array(values, pa.int64())])
    if kind in ("NUMERIC", "REAL"):
        return pa.chunked_array([pa.array(values, pa.float64())])
    text = pa.chunked_array([pa.array(values, pa.large_string())])
    dated = infer(text)
    return dated if pa.types.is_timestamp(dated.type) else text


def _reason(error: Exception) -> str:
    """liac-arff's sentence, without its line, which is named already, and without a full stop."""
    return re.sub(r",? at line -?\d+", "", str(error)).strip().rstrip(".")
