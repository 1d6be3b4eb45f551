"""`python -m tests.chaos --seconds 600 --seed 1`: kills processes at random moments over many runs.

Every run must end as it does undisturbed: artifacts are named by their content, so a result that was lost,
doubled or cut off has another name. `--kills 1000` goes on until so many were killed. `--trouble NAME`
adds what a machine may do: a full disk, a clock that jumps, PostgreSQL that is restarted, Redis that is gone
for a minute. A short turn is part of the suite (tests/ops).
"""
