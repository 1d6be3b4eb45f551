"""A version of a service as the sandbox's job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from modules.exchange.plan import ServicePlan
from studio.artifacts.models import Artifact
from workers.data.sandbox_input import allowed, as_input, bounds
from workers.sandbox.job import Job, Limits


class NoVersion(Exception):
    """The version cannot be served; the message is a sentence."""


@dataclass(frozen=True)
class Found:
    """`concurrency`: calls that it may answer at once."""

    job: Job
    concurrency: int


def job_of(plan: ServicePlan, memory_bytes: int | None) -> Job:
    """`memory_bytes`: of one call; None is the usual bound."""
    artifacts = Artifact.objects.in_bulk(plan.constants)
    if lost := plan.constants - artifacts.keys():
        raise NoVersion(f"A value that the service stands on is no longer there ({min(lost)[:12]}).")
    inputs = {id: as_input(artifact) for id, artifact in artifacts.items()}
    limits = _limits([step.limits for step in plan.steps], memory_bytes)
    return Job(verb="serve", args={"plan": plan.model_dump(mode="json")}, inputs=inputs, limits=limits)


def _limits(wishes: list[Mapping[str, Any]], memory_bytes: int | None) -> Limits:
    """One process does all steps: it may use as much as the one that may use most."""
    usual, most = allowed(), bounds().most
    wanted = dict(usual)
    for wish in wishes:
        for name, value in wish.items():
            if name in wanted and isinstance(value, int):
                wanted[name] = min(max(wanted[name], value), getattr(most, name))
    if memory_bytes is not None:
        wanted["memory_bytes"] = min(memory_bytes, most.memory_bytes)
    return Limits.model_validate(wanted)
