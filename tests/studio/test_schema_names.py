"""The API's document keeps one schema a name: two classes of one name would silently become one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from pydantic import BaseModel

import studio.api  # noqa: F401  (imports every endpoint, and with it every schema)
from studio.config import ROOT

ROOMS = ("studio.", "modules.", "workers.")


def subclasses(of: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def test_no_two_schemas_share_a_name() -> None:
    told = json.loads((ROOT / "studio" / "openapi.json").read_text())["components"]["schemas"]
    found: dict[str, set[str]] = defaultdict(set)
    for each in subclasses(BaseModel):
        if each.__name__ in told and each.__module__.startswith(ROOMS):
            found[each.__name__].add(each.__module__)
    assert len(found) > 100
    assert {name: rooms for name, rooms in found.items() if len(rooms) > 1} == {}
