"""What a person wishes of single columns: names, types, missing values, by place in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from modules.files.read_as import misfit
from modules.sdk.errors import FileError


class ColumnWishes(NamedTuple):
    """`names`: of all columns, as they shall be. `choices` and `missing`: of some, by place from 0.
    `literal`: the places of those in which NA is a value."""

    names: list[str]
    choices: dict[int, str]
    missing: dict[int, list[str]]
    literal: frozenset[int]

    @classmethod
    def of(
        cls, names: Sequence[str], columns: Mapping[str, Mapping[str, Any]], text: Sequence[str] = ()
    ) -> ColumnWishes:
        """`names` and the keys of `columns` are the file's. Raises FileError if they do not fit together."""
        known = set(names)
        if unknown := [name for name in columns if name not in known]:
            raise FileError(f"it has no column '{unknown[0]}'; it has {', '.join(names[:20])}")
        said = {at: columns[name] for at, name in enumerate(names) if name in columns}
        wanted = [said.get(at, {}).get("name") or name for at, name in enumerate(names)]
        times = Counter(wanted) if said else Counter[str]()
        if twice := next((name for name, count in times.items() if count > 1), None):
            raise FileError(f"two columns would be named '{twice}'; give one of them another name")
        choices = {at: "string" for at, name in enumerate(names) if name in text}
        choices |= {at: one["type"] for at, one in said.items() if one.get("type")}
        missing = {at: one["missing"] for at, one in said.items() if one.get("missing")}
        literal = frozenset(at for at, one in said.items() if one.get("literal"))
        return cls(wanted, choices, missing, literal)

    def why(self, at: int, value: str) -> str:
        """Why a row is not kept whose value in the column at that place is not what was chosen."""
        return misfit(self.choices[at], self.names[at], value)
