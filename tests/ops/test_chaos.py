"""A short turn of `python -m tests.chaos`."""

from __future__ import annotations

from tests.chaos import chaos


def test_killed_at_random_moments_every_run_comes_to_its_result() -> None:
    assert chaos(seconds=12, seed=7) > 3
