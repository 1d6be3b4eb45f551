"""The transformation inside a model: fitted on the rows it is trained on, replayed on the rows it scores."""

from __future__ import annotations

from modules.sdk.card import CardStep
from modules.sdk.values import Transform


def told_steps(steps: Transform | None) -> tuple[CardStep, ...]:
    """What the card says of the steps: which modules with which params, not what they learned."""
    if steps is None:
        return ()
    return tuple(CardStep(module=step.module, params=dict(step.params or {})) for step in steps.steps)
