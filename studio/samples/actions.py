"""Opening a sample: everyone has a copy of their own."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from studio.errors import NotFound
from studio.experiments.actions import create_experiment
from studio.experiments.models import Experiment
from studio.samples.experiments import SAMPLES, sample_file


def open_sample(user: User, slug: str, *, fresh: bool) -> tuple[Experiment, bool]:
    """The person's copy of a sample, and whether it was made now. The same one each time, with all that was
    changed in it, unless a `fresh` one is asked for."""
    if slug not in SAMPLES:
        raise NotFound(f"There is no sample {slug!r}; there are {', '.join(SAMPLES)}.")
    with transaction.atomic():
        # One after the other: two clicks at once make one copy.
        User.objects.select_for_update().get(pk=user.pk)
        found = None if fresh else copy_of(user, slug)
        if found:
            return found, False
        file = sample_file(slug)
        file["name"] = _free_name(user, file["name"])
        return create_experiment(user, file, sample=slug), True


def copy_of(user: User, slug: str) -> Experiment | None:
    """The newest copy that the person has of a sample."""
    return Experiment.objects.filter(owner=user, sample_of=slug).order_by("-created", "id").first()


def copies_of(user: User) -> dict[str, Experiment]:
    """The newest copy of every sample that the person has one of, by slug; their documents are not loaded."""
    copies = Experiment.objects.filter(owner=user).exclude(sample_of="").defer("document")
    found: dict[str, Experiment] = {}
    for copy in copies.order_by("-created", "id"):
        found.setdefault(copy.sample_of, copy)
    return found


def _free_name(user: User, name: str) -> str:
    """`name`, or the first of "name 2", "name 3", … that no experiment of the person has."""
    taken = set(Experiment.objects.filter(owner=user, name__startswith=name).values_list("name", flat=True))
    free, number = name, 2
    while free in taken:
        free, number = f"{name} {number}", number + 1
    return free
