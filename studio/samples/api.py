"""The samples over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from studio.accounts.auth import user_of
from studio.experiments.api import ExperimentOut, LastRun, NodeFile, WireFile, answer_whole
from studio.experiments.last_runs import last_runs
from studio.samples.actions import copies_of, open_sample
from studio.samples.experiments import sample_file, samples_here

router = Router(tags=["experiments"])


class CopyOut(Schema):
    """The experiment that a person has of a sample; `changed` where it was saved since."""

    id: str
    changed: bool
    last_run: LastRun | None


class SampleOut(Schema):
    """A sample with its graph. `yours`: your copy; null until it was opened, and once it was deleted."""

    slug: str
    name: str
    description: str
    nodes: list[NodeFile]
    wires: list[WireFile]
    yours: CopyOut | None


class Samples(Schema):
    items: list[SampleOut]


class OpenSample(Schema):
    fresh: bool = False


@router.get(
    "/samples",
    response=Samples,
    by_alias=True,
    exclude_unset=True,
    summary="The samples, and your copies of them",
)
def list_samples(request: HttpRequest) -> dict[str, Any]:
    mine = copies_of(user_of(request))
    runs = last_runs(mine.values())
    yours = {
        slug: {"id": copy.pk, "changed": copy.revision > 1, "last_run": runs.get(copy.pk)}
        for slug, copy in mine.items()
    }
    return {
        "items": [{"slug": slug, **sample_file(slug), "yours": yours.get(slug)} for slug in samples_here()],
    }


@router.post(
    "/samples/{slug}/open", response={200: ExperimentOut, 201: ExperimentOut}, summary="Your copy of a sample"
)
def open_one(request: HttpRequest, slug: str, payload: OpenSample) -> HttpResponse:
    """Makes the copy at the first call (201); later calls answer the same experiment (200), changed as it may
    be. `fresh` makes another one."""
    experiment, made = open_sample(user_of(request), slug, fresh=payload.fresh)
    return answer_whole(experiment, 201 if made else 200)
