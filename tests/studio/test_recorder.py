"""What happens to a run's states, in the database: claims, commits, failures, cancelling."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from modules.wire_types.device import StoredDevice
from studio.accounts.owner import owner
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.errors import Invalid
from studio.experiments.actions import create_experiment
from studio.runs import cache_hits, events, recorder
from studio.runs.actions import cancel_run, start_run
from studio.runs.change import Change
from studio.runs.models import CachedResult, NodeRun, Run
from studio.runs.snapshot import run_snapshot
from tests.builders import Exp, chain

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published")]


def started(exp: Exp, **wish: Any) -> Run:
    return start_run(create_experiment(owner(), exp.file()), hints=False, **wish)


def node(run: Run, id: str) -> NodeRun:
    return run.nodes.get(node=id)


def artifact(text: str = "printed") -> Artifact:
    drafts = store().new_drafts()
    kept = store().keep(StoredDevice(text=text), drafts)
    drafts.rmdir()
    return kept


def finish(run: Run, id: str, **more: Any) -> list[str]:
    node_run = node(run, id)
    assert recorder.claim(node_run, "w")
    return [free.node for free in recorder.finish(node_run, {"out": artifact()}, reason="ran", **more).free]


def states(run: Run) -> dict[str, str]:
    return dict(run.nodes.values_list("node", "state"))


def test_a_node_waits_for_all_above_it() -> None:
    exp = chain("", "").script("join").wire("s1.result_dataset", "join.dataset1")
    run = started(exp.wire("s2.result_dataset", "join.dataset2"))
    assert not recorder.claim(node(run, "s1"), "w")
    assert finish(run, "data") == ["s1"]
    assert finish(run, "s1") == ["s2"]
    assert finish(run, "s2") == ["join"]
    assert finish(run, "join") == []
    run.refresh_from_db()
    assert (run.state, states(run)["join"]) == ("finished", "finished")


def test_only_one_worker_gets_a_node() -> None:
    run = started(chain())
    first, second = node(run, "data"), node(run, "data")
    assert recorder.claim(first, "a")
    assert not recorder.claim(second, "b")


def test_the_next_node_is_claimed_in_the_change_that_sets_it_free(published: list[dict[str, Any]]) -> None:
    run = started(chain("", ""))

    published.clear()
    assert finish(run, "data", then=recorder.Claim(node(run, "s1"), "w")) == ["s1"]
    assert states(run) == {"data": "finished", "s1": "running", "s2": "queued"}
    told = [(event["node"], event["state"], event["seq"]) for event in published[-2:]]
    assert told == [("data", "finished", published[-1]["seq"] - 1), ("s1", "running", published[-1]["seq"])]
    assert not recorder.claim(node(run, "s1"), "late")


def test_a_commit_that_was_not_heard_of_is_found_with_its_claim() -> None:
    """The worker tries again; the next node run is its own all the same."""
    run = started(chain(""))
    held, tried = node(run, "data"), node(run, "data")
    for one in (held, tried):
        one.state, one.attempt = "queued", 0
    assert recorder.claim(held, "w")
    tried.state, tried.attempt = "running", 1
    recorder.finish(held, {"out": artifact()}, reason="ran", then=recorder.Claim(node(run, "s1"), "w"))
    again = recorder.Claim(node(run, "s1"), "w")
    again.node_run.state, again.node_run.attempt = "queued", 0
    assert recorder.finish(tried, {"out": artifact()}, reason="ran", then=again) == ([], True)
    assert (again.node_run.state, again.node_run.attempt) == ("running", 1)
    again.node_run.state, again.node_run.attempt = "queued", 0
    other = recorder.Claim(again.node_run, "another")
    assert recorder.finish(tried, {"out": artifact()}, reason="ran", then=other) == ([], False)


def test_a_worker_that_lost_its_claim_commits_nothing_and_goes_on_with_nothing() -> None:
    run = started(chain(""))
    slow = node(run, "data")
    recorder.claim(slow, "slow")
    NodeRun.objects.filter(pk=slow.pk).update(lease=timezone.now() - timedelta(seconds=1))
    assert recorder.give_back(node(run, "data"))
    quick = node(run, "data")
    recorder.claim(quick, "quick")
    then = recorder.Claim(node(run, "s1"), "slow")
    assert recorder.finish(slow, {"out": artifact("slow")}, reason="ran", then=then) == ([], False)
    assert states(run) == {"data": "running", "s1": "queued"}
    recorder.finish(quick, {"out": artifact("quick")}, reason="ran")
    assert [o.artifact.manifest["text"] for o in node(run, "data").outputs.all()] == ["quick"]


def test_below_a_failed_node_all_is_skipped_and_the_rest_goes_on() -> None:
    run = started(chain("", "").table("other", "y\n1\n"))
    finish(run, "data")
    failing = node(run, "s1")
    recorder.claim(failing, "w")
    recorder.fail(failing, {"type": "ValueError", "message": "no"})
    assert states(run) == {"data": "finished", "s1": "failed", "s2": "skipped", "other": "queued"}
    assert node(run, "s2").reason == "skipped: Execute Python Script above it failed"
    finish(run, "other")
    run.refresh_from_db()
    assert run.state == "failed"


def test_cancel_ends_what_waits_and_asks_for_the_end_of_what_runs() -> None:
    run = started(chain("", ""))
    running = node(run, "data")
    recorder.claim(running, "w")
    cancel_run(run)
    assert states(run) == {"data": "running", "s1": "cancelled", "s2": "cancelled"}
    recorder.cancelled(running)
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_cancelling_a_run_that_waits_ends_it_at_once() -> None:
    run = started(chain())
    cancel_run(run)
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_a_result_is_kept_by_its_key() -> None:
    run = started(chain())
    finish(run, "data", key="k" * 64, seconds=2.0, log=[("stdout", "hello", 0), ("stderr", "!", 7)])
    known = CachedResult.objects.get(key="k" * 64)
    assert (known.run_number, known.seconds) == (run.number, 2.0)
    assert known.printed == [["stdout", "hello", 0], ["stderr", "!", 7]]


def test_a_run_to_a_node_leaves_out_what_it_does_not_need() -> None:
    run = started(chain("", "").script("broken", "def azureml_main(:"), until=["s1"])
    assert set(states(run)) == {"data", "s1"}


def test_an_invalid_graph_does_not_run() -> None:
    experiment = create_experiment(owner(), Exp().node("a", "no-such").file())
    with pytest.raises(Invalid) as refused:
        start_run(experiment, hints=False)
    assert refused.value.errors is not None
    assert refused.value.errors[0]["node"] == "a"
    assert not Run.objects.exists()


def test_snapshot_and_events_make_a_fresh_snapshot(published: list[dict[str, Any]]) -> None:
    run = started(chain("", "").table("other", "y\n1\n"))
    snapshot = run_snapshot(Run.objects.get(pk=run.pk))
    published.clear()
    finish(run, "data")
    assert cache_hits.commit_hits(run, hits_of(run, "other")) == []
    failing = node(run, "s1")
    recorder.claim(failing, "w")
    recorder.fail(failing, {"type": "ValueError", "message": "no", "line": 3})
    told = [event for event in published if event["type"] in ("run", "node")]
    for event in told:
        snapshot = events.apply(snapshot, event)
    fresh = run_snapshot(Run.objects.get(pk=run.pk))
    assert {**snapshot, "counts": None, "cached": None} == {**fresh, "counts": None, "cached": None}
    seqs = [event["seq"] if "seq" in event else event["run"]["seq"] for event in told]
    assert seqs == list(range(1, len(told) + 1))


def test_a_lease_that_was_renewed_is_not_given_back() -> None:
    run = started(chain())
    held = node(run, "data")
    recorder.claim(held, "w")
    seen = node(run, "data")
    NodeRun.objects.filter(pk=held.pk).update(lease=timezone.now() + timedelta(seconds=60))
    assert not recorder.give_back(seen, died=True, unless_renewed=True)
    assert states(run) == {"data": "running"}
    assert recorder.give_back(held)  # by its own worker, which stops: it need not know of the renewal
    assert states(run) == {"data": "queued"}


def test_a_node_over_which_three_workers_died_fails() -> None:
    run = started(chain(""))
    for death in (1, 2, 3):
        assert recorder.claim(node(run, "data"), f"w{death}")
        assert recorder.give_back(node(run, "data"), died=True) == (death < 3)
    assert states(run) == {"data": "failed", "s1": "skipped"}
    error = node(run, "data").error
    assert error is not None
    assert error["message"].startswith("The worker died 3 times while it ran this node")
    run.refresh_from_db()
    assert run.state == "failed"


def test_the_third_death_ends_no_node_whose_lease_was_renewed() -> None:
    run = started(chain(""))
    held = node(run, "data")
    recorder.claim(held, "w")
    NodeRun.objects.filter(pk=held.pk).update(deaths=2)
    seen = node(run, "data")
    recorder.renew([held.pk], "w")
    assert not recorder.give_back(seen, silent=True, unless_renewed=True)
    assert states(run)["data"] == "running"


def test_a_worker_that_was_only_out_of_reach_is_no_death() -> None:
    run = started(chain())
    for number in range(5):
        cut_off = node(run, "data")
        assert recorder.claim(cut_off, f"w{number}")
        assert recorder.give_back(node(run, "data"), silent=True)
        assert node(run, "data").deaths == 1
        recorder.was_no_death(cut_off)
        assert node(run, "data").deaths == 0
    again = node(run, "data")
    assert recorder.claim(again, "w")
    recorder.was_no_death(again)  # nobody took it
    assert (node(run, "data").deaths, states(run)) == (0, {"data": "running"})


def test_a_node_whose_workers_fell_silent_says_so() -> None:
    run = started(chain())
    for _ in range(3):
        assert recorder.claim(node(run, "data"), "w")
        recorder.give_back(node(run, "data"), silent=True)
    error = node(run, "data").error
    assert error is not None
    assert error["type"] == "WorkerLost"
    assert "heard of no more" in error["message"]


def test_a_change_that_was_not_committed_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    run = started(chain(""))
    held = node(run, "data")
    recorder.claim(held, "w")
    with monkeypatch.context() as lost:
        lost.setattr(Change, "_write", lambda self: (_ for _ in ()).throw(OperationalError("gone")))
        with pytest.raises(OperationalError):
            recorder.finish(held, {"out": artifact()}, reason="ran")
    assert (held.state, held.finished) == ("running", None)
    assert states(run) == {"data": "running", "s1": "queued"}
    assert [free.node for free in recorder.finish(held, {"out": artifact()}, reason="ran").free] == ["s1"]
    assert states(run)["data"] == "finished"


def test_a_worker_that_stops_in_order_does_not_count() -> None:
    run = started(chain())
    for _ in range(4):
        assert recorder.claim(node(run, "data"), "w")
        assert recorder.give_back(node(run, "data"))
    assert states(run) == {"data": "queued"}


def hits_of(run: Run, *ids: str) -> list[cache_hits.Hit]:
    nodes = [node(run, id) for id in ids]
    for each in nodes:
        each.key, each.reason, each.cached = f"key of {each.node}", "cached", True
    return [
        cache_hits.Hit(each, timezone.now(), {"out": artifact()}, [("stdout", f"{each.node}\n", 0)])
        for each in nodes
    ]


def test_what_is_unchanged_is_taken_at_once_and_sets_free_what_is_below() -> None:
    run = started(chain("", "", ""))
    finish(run, "data")
    assert [free.node for free in cache_hits.commit_hits(run, hits_of(run, "s1", "s2"))] == ["s3"]
    assert states(run) == {"data": "finished", "s1": "finished", "s2": "finished", "s3": "queued"}
    assert [chunk.text for chunk in node(run, "s2").log.all()] == ["s2\n"]
    assert node(run, "s3").waiting == 0


def test_a_run_of_which_all_is_unchanged_ends(published: list[dict[str, Any]]) -> None:
    run = started(chain(""))
    finish(run, "data")
    assert cache_hits.commit_hits(run, hits_of(run, "s1")) == []
    run.refresh_from_db()
    assert run.state == "finished"
    assert published[-1]["run"]["state"] == "finished"
    seqs = [event["seq"] for event in published if event["type"] == "node"]
    assert seqs == sorted(set(seqs))


def test_what_another_worker_has_claimed_is_left_to_it() -> None:
    run = started(chain("", ""))
    finish(run, "data")
    hits = hits_of(run, "s1", "s2")
    assert recorder.claim(node(run, "s1"), "other")
    assert cache_hits.commit_hits(run, hits) == []
    assert states(run) == {"data": "finished", "s1": "running", "s2": "queued"}


def test_nothing_is_taken_in_a_cancelled_run() -> None:
    run = started(chain("", ""))
    finish(run, "data")
    recorder.claim(node(run, "s1"), "w")
    hits = hits_of(run, "s2")
    cancel_run(run)
    assert cache_hits.commit_hits(run, hits) == []
    assert states(run)["s2"] == "cancelled"
