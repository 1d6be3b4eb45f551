"""The modules of ML Studio (classic) by family, and how its graphs spell what its forms show.
classic_families.json holds these facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Family:
    """`names`: the param that a graph spells otherwise than its form; `sweeps`: the param that a range is of;
    `choices`: of a param, what the form shows for a word of the graph. All words are folded."""

    slug: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    sweeps: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def fold(text: object) -> str:
    """The letters and digits of a text, without their case.

    >>> fold("Join key columns for L"), fold("join_key_columns_for_l")
    ('joinkeycolumnsforl', 'joinkeycolumnsforl')
    """
    return "".join(filter(str.isalnum, str(text))).casefold()


def known_family(module: str) -> Family | None:
    """The family in a module's id, `workspace.family.version`."""
    return next((_families()[part] for part in module.lower().split(".") if part in _families()), None)


@cache
def _families() -> dict[str, Family]:
    text = Path(__file__).with_name("classic_families.json").read_text("utf-8")
    return {id: Family(**facts) for id, facts in json.loads(text).items()}
