"""The manifests of a job's inputs, and what was looked up in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from modules.wire_types.stored import StoredValue
from workers.sandbox.job import Job, Limits

T = TypeVar("T")


class GivenInputs:
    """What a job gives a child; types of values look up in it what they pass on."""

    def __init__(self, job: Job) -> None:
        self.limits: Limits = job.limits
        self.manifests = tuple(given.manifest for given in job.inputs.values())
        self._found: dict[Callable[[Sequence[StoredValue]], Any], Any] = {}

    def find(self, make: Callable[[Sequence[StoredValue]], T]) -> T:
        """What `make` finds in the manifests. It is made once, however often somebody asks."""
        if make not in self._found:
            self._found[make] = make(self.manifests)
        found: T = self._found[make]
        return found
