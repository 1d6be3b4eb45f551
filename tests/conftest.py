"""What all tests share: a real Redis, a real Studio. Their home is made in `tests/home.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.package_index import add_wheel
from tests.server import Server

WARNING = re.compile(r"\.py:\d+: \w*Warning: ")
"""How Python prints one. Nothing that Studio does leads to any."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A whole Studio of its own: web, worker and Redis, started by `manage.py up` on an empty home. Its
    package index has one package, herd."""
    index = tmp_path_factory.mktemp("index")
    add_wheel(index, "herd", "1.0", {"herd.py": "COWS = 3\n"})
    with Server(STUDIO_PACKAGE_INDEX=str(index)) as running:
        yield running
    assert [line for line in running.lines if WARNING.search(line)] == []


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What browsers were told, in order."""
    from studio.live import broadcast

    told: list[dict[str, Any]] = []
    monkeypatch.setattr(broadcast, "_send", lambda group, events: told.extend(events))
    return told


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come last: Playwright's loop, once started, keeps other tests from having one."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)
