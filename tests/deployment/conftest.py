"""One installation for all tests here; each leaves it whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.deployment.installation import Installation


@pytest.fixture(scope="session")
def studio() -> Iterator[Installation]:
    with Installation() as running:
        yield running


@pytest.fixture(autouse=True)
def whole(studio: Installation) -> None:
    """What a test before took away is there again."""
    studio.start_what_ended()
    studio.wait_until_ready(len(studio.workers))
