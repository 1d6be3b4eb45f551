"""A random run, and what comes of it where nothing disturbs it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from modules.registry import catalog
from studio.runs.plan import Step
from tests.simulation.doubles import PORT, content

MODULE = "execute-python-script"


@dataclass
class Plan:
    """`results`: by node its content, or None where it fails or is skipped."""

    steps: list[Step] = field(default_factory=list)
    results: dict[str, str | None] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)


@cache
def usual() -> dict[str, Any]:
    return dict(catalog()[MODULE].params_class().model_dump(mode="json"))


def make_plan(dice: random.Random, mark: str) -> Plan:
    """One to three nodes, each over up to two above it; some fail, and some are like another."""
    plan = Plan()
    for place in range(dice.choice((1, 1, 1, 2, 2, 3))):
        node = f"n{place}"
        above = dice.sample(list(plan.results), min(place, dice.choice((0, 1, 1, 2))))
        if place and not above and dice.random() < 0.8:
            above = [f"n{place - 1}"]
        fails = "fails" if dice.random() < 0.12 else ""
        seconds = dice.choice((0.2, 0.5, 2.0, 5.0))
        script = f"# {seconds} {mark} {dice.choice((0, 0, place))} {fails}"
        inputs = {f"dataset{number}": (source, PORT) for number, source in enumerate(above, 1)}
        plan.steps.append(Step(node, MODULE, {**usual(), "script": script}, inputs))
        values = [plan.results[source] for source in above]
        if None in values:
            plan.states[node], plan.results[node] = "skipped", None
        elif fails:
            plan.states[node], plan.results[node] = "failed", None
        else:
            plan.states[node] = "finished"
            plan.results[node] = content(script, [value for value in values if value])
    return plan
