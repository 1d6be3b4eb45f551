"""Times are ISO 8601 UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def iso(moment: datetime | None) -> str | None:
    """`2026-03-01T12:00:00.123456Z`, or None."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
