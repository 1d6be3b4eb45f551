"""What pyproject.toml asks for, and what the compiled files pin."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lock import LOCKS, declared, pinned
from tools.say import ROOT


@pytest.mark.parametrize("group", LOCKS)
def test_every_version_that_is_pinned_is_one_that_was_asked_for(group: str) -> None:
    pins = pinned(LOCKS[group])
    for text in declared(group):
        asked = Requirement(text)
        assert asked.specifier.contains(pins[canonicalize_name(asked.name)]), f"{text}. Run `make lock`."


def test_what_is_tested_with_is_what_is_shipped() -> None:
    assert pinned("requirements").items() <= pinned("requirements-dev").items()


@pytest.mark.parametrize("name", LOCKS.values())
def test_no_file_records_where_packages_came_from(name: str) -> None:
    lines = (ROOT / f"{name}.txt").read_text().splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]


def test_requirements_are_declared_in_one_place() -> None:
    assert not list(ROOT.glob("requirements*.in"))
    assert not list(ROOT.glob("setup.*"))
