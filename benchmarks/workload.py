"""A workload: an experiment, the same work as a plain script, and what is to be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.builders import Exp


@dataclass(frozen=True)
class Workload:
    """`plain` is a script that defines `work()`; its imports and what stands before `work` are not timed.

    `datasets` are files by name, made when needed. `edit` changes the experiment file before the n-th run,
    and only what it changed is run. `cached` runs the experiment once before, and then takes nothing
    anew; else the cache is not asked. `at_once` runs are posted together and waited for. `limit` gives
    the seconds to reach, from the plain script's seconds.
    """

    name: str
    what: str
    experiment: Callable[[], Exp]
    limit: Callable[[float], float]
    reach: str
    plain: str | None = None
    datasets: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    edit: Callable[[dict[str, Any], int], None] | None = None
    cached: bool = False
    at_once: int = 1
    repeats: int = 7
