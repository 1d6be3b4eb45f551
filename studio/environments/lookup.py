"""The environment that a node means: by its name, or by the header of its script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules.scripting.script_header import WrongHeader, read_header
from studio.environments.models import Environment
from studio.environments.requirements import WrongRequirement, read_requirements, wish_of

BASE = "base"
PARAM = "environment"


def is_base(name: object) -> bool:
    """Whether that is base's name: it has two, and one is empty."""
    return name in (None, "", BASE)


def wanted_packages(params: Mapping[str, Any]) -> list[str]:
    """The requirements in the header of a node's script, if they choose the environment; those of a wrong
    header are for `validate` to tell."""
    if not is_base(params.get(PARAM, "")) or not isinstance(script := params.get("script"), str):
        return []
    try:
        header = read_header(script)
        return read_requirements(header.dependencies) if header else []
    except (WrongHeader, WrongRequirement):
        return []


class Environments:
    """One owner's. Asks the database once a name."""

    def __init__(self, owner_id: int) -> None:
        self.owner_id = owner_id
        self._known: dict[str, Environment | None] = {}
        self._wished: dict[str, Environment | None] = {}

    def find(self, name: str) -> Environment | None:
        """The environment of that name."""
        if name not in self._known:
            self._known[name] = self._rows().filter(name=name).first()
        return self._known[name]

    def exists(self, name: str) -> bool:
        return is_base(name) or self.find(name) is not None

    def state(self, name: str) -> str | None:
        """building, ready or failed; None if there is none of that name."""
        found = self.find(name)
        return found.state if found else None

    def wished(self, requirements: list[str]) -> Environment | None:
        """One that was made for the same requirements: one that is ready rather than one that failed."""
        wish = wish_of(requirements)
        if wish not in self._wished:
            rows = list(self._rows().filter(wish=wish).order_by("created"))
            rows.sort(key=lambda each: list(ORDER).index(each.state))
            self._wished[wish] = rows[0] if rows else None
        return self._wished[wish]

    def of(self, params: Mapping[str, Any]) -> Environment | None:
        """The one that a node's params mean, if it exists; None for base too."""
        name = params.get(PARAM, "")
        if not is_base(name):
            return self.find(str(name))
        wanted = wanted_packages(params)
        return self.wished(wanted) if wanted else None

    def _rows(self) -> Any:
        return Environment.objects.filter(owner_id=self.owner_id).defer("log")


ORDER = (Environment.State.READY, Environment.State.BUILDING, Environment.State.FAILED)
