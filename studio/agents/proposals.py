"""Edits that wait for a person: made by agents, accepted or thrown away on the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from studio.agents.edits import Edit, apply
from studio.agents.models import Proposal
from studio.agents.withheld import put_back
from studio.errors import Invalid, NotFound, Taken
from studio.experiments.actions import OURS, checked
from studio.experiments.events import ProposalEvent
from studio.experiments.models import Experiment
from studio.live.broadcast import group_of, publish
from studio.text import without_nul

MOST_OPEN = 20


def propose(
    experiment: Experiment, agent: str, title: str, edits: Sequence[Edit], after: str = ""
) -> Proposal:
    """`after`: an open proposal of the same experiment that the edits go on from, and take the place of."""
    earlier = open_one(experiment, after) if after else None
    base = earlier.base if earlier else {k: v for k, v in experiment.document.items() if k not in OURS}
    document = checked(put_back(apply(earlier.document if earlier else base, edits), base))
    return _stage(experiment, agent, title, base, document, earlier)


def propose_document(
    experiment: Experiment, agent: str, title: str, document: dict[str, Any]
) -> Proposal | None:
    """The experiment as somebody would have it, who took it away and brings it back; None if nothing would
    change. It takes the place of what they brought under that title before."""
    base = {k: v for k, v in experiment.document.items() if k not in OURS}
    document = checked(document)
    if document == base:
        return None
    waiting = experiment.proposals.filter(state=Proposal.State.OPEN, agent=agent, title=title[:200])
    return _stage(experiment, agent, title, base, document, waiting.first())


def _stage(
    experiment: Experiment,
    agent: str,
    title: str,
    base: dict[str, Any],
    document: dict[str, Any],
    earlier: Proposal | None,
) -> Proposal:
    with transaction.atomic():
        if earlier:
            _decide(earlier, Proposal.State.DISCARDED)
        elif experiment.proposals.filter(state=Proposal.State.OPEN).count() >= MOST_OPEN:
            raise Invalid(f"{MOST_OPEN} proposals wait already. Let a person decide about them first.")
        made = Proposal.objects.create(
            experiment=experiment,
            title=without_nul(title).strip()[:200] or "An edit",
            agent=agent,
            base=base,
            document=document,
        )
        _tell(made)
    return made


def open_one(experiment: Experiment, id: str) -> Proposal:
    found = experiment.proposals.filter(pk=id).first()
    if found is None:
        raise NotFound(f"The experiment has no proposal {id!r}.")
    if found.state != Proposal.State.OPEN:
        raise Taken(f"The proposal {id!r} was {found.state} already.")
    return found


def decide(experiment: Experiment, id: str, accepted: bool) -> Proposal:
    """Writes down what a person decided. The canvas has put the edit in by then, as one step."""
    with transaction.atomic():
        found = open_one(experiment, id)
        _decide(found, Proposal.State.ACCEPTED if accepted else Proposal.State.DISCARDED)
    return found


def _decide(proposal: Proposal, state: Proposal.State) -> None:
    proposal.state, proposal.decided = state, timezone.now()
    proposal.save(update_fields=["state", "decided"])
    _tell(proposal)


def _tell(proposal: Proposal) -> None:
    event = ProposalEvent(id=proposal.experiment_id, proposal=proposal.pk, state=proposal.state)
    publish(group_of(proposal.experiment_id), event)


def as_json(proposal: Proposal, whole: bool = True) -> dict[str, Any]:
    told = {
        "id": proposal.pk,
        "title": proposal.title,
        "agent": proposal.agent,
        "state": proposal.state,
        "created": proposal.created,
    }
    return told | ({"base": proposal.base, "document": proposal.document} if whole else {})
