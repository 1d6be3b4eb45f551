"""A short turn of `python -m tests.chaos`."""

from __future__ import annotations

from tests.chaos.playing import play
from tests.chaos.troubles import JumpingClock


def test_killed_at_random_moments_every_run_comes_to_its_result() -> None:
    """While the machine's clock jumps by up to an hour, ahead and back."""
    assert play(seconds=0, seed=7, trouble=JumpingClock, kills=3) >= 3
