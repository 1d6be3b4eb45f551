"""Which modules people wire to which is counted as they save, and says nothing of whom or where."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from studio.accounts.models import Owner
from studio.accounts.owner import owner
from studio.experiments.actions import create_experiment, save_experiment
from studio.experiments.models import ModulePair
from studio.experiments.module_pairs import MOST, new_pairs
from studio.live import broadcast
from tests.builders import Exp

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast, "_send", lambda group, events: None)


def nodes(*slugs: str) -> Exp:
    exp = Exp("hushhush")
    for at, slug in enumerate(slugs):
        exp.node(f"n{at}", slug)
    return exp


def saved(commit: Commit, user: User, *files: Exp) -> None:
    """Each file saved over the one before, as a page does; the first makes the experiment."""
    made = create_experiment(user, files[0].file())
    for file in files[1:]:
        with commit(execute=True):
            made = save_experiment(made, file.file(), made.revision)


def counts() -> dict[str, int]:
    return {str(pair): pair.uses for pair in ModulePair.objects.all()}


def test_a_wire_counts_when_it_is_new(django_capture_on_commit_callbacks: Commit) -> None:
    bare = nodes("dataset", "sort", "plot", "sort", "own/secret")
    one = nodes("dataset", "sort", "plot", "sort", "own/secret").wire("n0.dataset", "n1.dataset")
    more = nodes("dataset", "sort", "plot", "sort", "own/secret").wire("n0.dataset", "n1.dataset")
    more.wire("n1.results_dataset", "n2.dataset").wire("n0.dataset", "n3.dataset").wire("n1.x", "n4.y")
    saved(django_capture_on_commit_callbacks, owner(), bare, one, one, more, one)
    assert counts() == {"dataset sort": 2, "sort plot": 1}
    other = Owner.objects.create(username="other")
    saved(django_capture_on_commit_callbacks, other, bare, one)
    assert counts() == {"dataset sort": 3, "sort plot": 1}


def test_everybody_is_told_the_pairs_and_nothing_else(django_capture_on_commit_callbacks: Commit) -> None:
    wired = nodes("dataset", "sort").wire("n0.dataset", "n1.dataset")
    saved(django_capture_on_commit_callbacks, owner(), nodes("dataset", "sort"), wired)
    client = Client()
    client.force_login(Owner.objects.create(username="second"))
    answer = client.get("/api/v1/module-pairs")
    assert json.loads(answer.content) == {
        "items": [{"source": "dataset", "target": "sort", "uses": 1}], "total": 1,
    }  # fmt: skip


def test_a_save_without_a_new_wire_asks_nothing_more(django_capture_on_commit_callbacks: Commit) -> None:
    file = nodes("dataset", "sort").wire("n0.dataset", "n1.dataset").file()
    made = create_experiment(owner(), file)
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        django_capture_on_commit_callbacks(execute=True),
    ):
        save_experiment(made, file, made.revision)
    assert not [query for query in asked.captured_queries if "modulepair" in query["sql"]]


def test_a_count_that_fails_fails_no_save(
    django_capture_on_commit_callbacks: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.experiments.module_pairs._count", lambda pairs: 1 / 0)
    wired = nodes("dataset", "sort").wire("n0.dataset", "n1.dataset")
    saved(django_capture_on_commit_callbacks, owner(), nodes("dataset", "sort"), wired)
    assert counts() == {}


def test_what_a_save_counts_is_bounded_and_odd_files_count_nothing() -> None:
    many = nodes(*(f"m{n}" for n in range(200)))
    for n in range(199):
        many.wire(f"n{n}.x", f"n{n + 1}.x")
    assert len(new_pairs({}, many.file(), {f"m{n}" for n in range(200)})) == MOST
    odd = {
        "nodes": [{"id": "a", "module": "sort"}],
        "wires": [{"from": "a", "to": "b.c"}, {"from": "a.x", "to": "gone.x"}],
    }
    assert new_pairs({}, odd, {"sort"}) == []
