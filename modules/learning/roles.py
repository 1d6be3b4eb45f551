"""The roles of columns: which is the label, which are the scores. They travel with the columns.

A role is a JSON list: `["label"]`, or `["score", task, part, detail]`, where the part is `label`,
`probability` (the detail: of which class), `mean`, `deviation` or `quantile` (the detail: which).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from modules.sdk.column import Column

LABEL = '["label"]'
LONGEST = 500
"""Characters of a class in a role."""


class Role(NamedTuple):
    """`detail`: of a probability its class, of a quantile its share."""

    task: str
    part: str
    detail: str = ""


def as_label(column: Column) -> Column:
    return replace(column, role=LABEL)


def as_score(column: Column, task: str, part: str, detail: str = "") -> Column:
    return replace(column, role=json.dumps(["score", task, part, detail[:LONGEST]], ensure_ascii=False))


def without_role(column: Column) -> Column:
    return replace(column, role=None) if column.role is not None else column


def is_label(column: Column) -> bool:
    return column.role == LABEL


def score_role(column: Column) -> Role | None:
    """What a column of scores is; None of any other column.

    >>> import pyarrow as pa
    >>> score_role(as_score(Column("p", pa.chunked_array([[0.5]])), "two-class", "probability", "yes"))
    Role(task='two-class', part='probability', detail='yes')
    """
    if not column.role:
        return None
    try:
        parts = json.loads(column.role)
    except ValueError:
        return None
    if isinstance(parts, list) and len(parts) == 4 and parts[0] == "score" and all(map(_text, parts)):
        return Role(*parts[1:])
    return None


def are_scored(roles: Iterable[str]) -> bool:
    """Whether columns of these roles hold what is true and what was said of it.

    >>> are_scored([LABEL, '["score", "two-class", "label", ""]']), are_scored([LABEL])
    (True, False)
    """
    known = list(roles)
    return LABEL in known and any(role.startswith('["score"') for role in known)


def _text(part: object) -> bool:
    return isinstance(part, str)
