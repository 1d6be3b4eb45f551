"""Words that could stand at the cursor, for a language without a helper or while there is none."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping

from modules.scripting.completion import before_cursor, open_text
from modules.scripting.finding import Columns

SQL_WORDS = (
        "select", "from", "where", "group", "by", "having", "order", "limit", "join", "left", "inner", "on",
        "using", "union", "all", "distinct", "as", "and", "or", "not", "null", "is", "in", "between",
        "like", "case", "when", "then", "else", "end", "with", "exists", "asc", "desc",
)  # fmt: skip
SQL_FUNCTIONS = (
        "count", "sum", "avg", "min", "max", "total", "abs", "round", "coalesce", "ifnull", "nullif",
        "length", "lower", "upper", "trim", "substr", "replace", "instr", "date", "datetime", "julianday",
        "strftime", "typeof", "cast", "group_concat", "random", "row_number", "rank", "lag", "lead",
)  # fmt: skip
R_WORDS = (
        "function", "if", "else", "for", "while", "repeat", "return", "TRUE", "FALSE", "NULL", "NA",
        "library", "data.frame", "merge", "aggregate", "apply", "lapply", "sapply", "subset", "order",
        "nrow", "ncol", "names", "colnames", "summary", "mean", "median", "sd", "sum", "cbind", "rbind",
        "paste", "factor", "lm", "glm", "predict", "plot", "hist", "table", "ifelse", "is.na",
        "maml.mapInputPort", "maml.mapOutputPort",
)  # fmt: skip
WORD = re.compile(r"[A-Za-z_][\w]*")


def is_in_text(script: str, line: int, column: int) -> bool:
    return open_text(before_cursor(script, line, column)) is not None


def matching(items: Iterable[dict[str, str]], script: str, line: int, column: int) -> list[dict[str, str]]:
    """Those that begin as the word before the cursor does."""
    typed = re.search(r"\w*$", before_cursor(script, line, column))
    prefix = typed[0].casefold() if typed else ""
    return [item for item in items if item["label"].casefold().startswith(prefix)]


def of_python(script: str, line: int, column: int) -> list[dict[str, str]]:
    """Keywords, builtins and the script's own words; nothing behind a dot."""
    before = before_cursor(script, line, column)
    if re.search(r"\.\w*$", before):
        return []
    named = dict.fromkeys(WORD.findall(script), "text")
    known = {**named, **dict.fromkeys(dir(builtins), "function"), **dict.fromkeys(keyword.kwlist, "keyword")}
    return list(_matching(known.items(), before))


def of_sql(sql: str, line: int, column: int, tables: Mapping[str, Columns]) -> list[dict[str, str]]:
    """Tables, keywords and functions; nothing behind a dot."""
    before = before_cursor(sql, line, column)
    if re.search(r"\.[\"`\[]?\w*$", before):
        return []
    known = [(name, "table") for name in tables]
    known += [(word, "keyword") for word in SQL_WORDS] + [(word, "function") for word in SQL_FUNCTIONS]
    return list(_matching(known, before))


def of_r(script: str, line: int, column: int) -> list[dict[str, str]]:
    before = before_cursor(script, line, column)
    if open_text(before) is not None:
        return []
    named = dict.fromkeys(re.findall(r"[A-Za-z.][\w.]*", script), "text")
    return list(_matching({**named, **dict.fromkeys(R_WORDS, "function")}.items(), before))


def _matching(known: Iterable[tuple[str, str]], before: str) -> Iterator[dict[str, str]]:
    typed = re.search(r"[\w.]*$", before)
    prefix = typed[0].casefold() if typed else ""
    for label, kind in known:
        if label.casefold().startswith(prefix) and label.casefold() != prefix:
            yield {"label": label, "kind": kind}
