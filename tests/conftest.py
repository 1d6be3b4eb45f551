"""What all tests share: a home of their own, a real Redis, a real Studio."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Before Django reads its settings: tests never touch the home of whoever runs them.
HOME = Path(tempfile.mkdtemp(prefix="studio-tests-"))
os.environ["STUDIO_HOME"] = str(HOME)
os.environ["STUDIO_TOKEN"] = "test-token"
for name in ("DATABASE_URL", "REDIS_URL", "STUDIO_STORE", "STUDIO_HOST", "STUDIO_PORT", "STUDIO_SANDBOX"):
    os.environ.pop(name, None)

import pytest

from tests.server import Server

WARNING = re.compile(r"\.py:\d+: \w*Warning: ")
"""How Python prints one. Nothing that Studio does leads to any."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A whole Studio of its own: web, worker and Redis, started by `manage.py up` on an empty home."""
    with Server() as running:
        yield running
    assert [line for line in running.lines if WARNING.search(line)] == []


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What browsers were told, in order."""
    from studio import live

    told: list[dict[str, Any]] = []
    monkeypatch.setattr(live, "_send", lambda group, events: told.extend(events))
    return told


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come last: Playwright's loop, once started, keeps other tests from having one."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


def pytest_sessionfinish() -> None:
    shutil.rmtree(HOME, ignore_errors=True)
