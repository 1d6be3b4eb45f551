"""The database's time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from studio.database.clock import Clock, ask_database


@pytest.mark.django_db
def test_the_database_tells_the_time_in_utc() -> None:
    told = ask_database()
    assert told.utcoffset() == datetime.now(UTC).utcoffset()
    assert abs((datetime.now(UTC) - told).total_seconds()) < 60
    assert abs(Clock().skew()) < 60
