"""What the tests of a deployment share: one PostgreSQL for all of them, a database for each file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgresql import PostgreSQL


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    with PostgreSQL() as server:
        yield server


@pytest.fixture(scope="module")
def database(postgresql: PostgreSQL, request: pytest.FixtureRequest) -> str:
    """The URL of an empty database of this file's own."""
    return postgresql.new_database(request.module.__name__.rpartition(".")[2])
