"""Which results are dropped when the store is full, in what order, and which never."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from modules.wire_types.model import StoredModel
from modules.wire_types.stored import DRAFT
from studio import config
from studio.accounts.owner import owner
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.datasets.models import Dataset
from studio.experiments.actions import create_experiment
from studio.experiments.models import Experiment
from studio.housekeeping.prune import EXPORT_AGE, prune
from studio.housekeeping.verify import verify
from studio.live import broadcast
from studio.runs import recorder
from studio.runs.actions import start_run
from studio.runs.models import CachedResult, Run
from studio.uploads import partial
from studio.uploads.in_folder import InFolder
from tests.builders import chain
from workers.housekeeping.pruning import Pruning

pytestmark = pytest.mark.django_db(transaction=True)
SIZE = 1000


@pytest.fixture(autouse=True)
def empty_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast, "_send", lambda group, events: None)
    for name in store().weigh():
        store().unlink(name)
    shutil.rmtree(store().root / "derived")
    (store().root / "derived").mkdir()


def artifact(word: str, hours_ago: float = 1) -> Artifact:
    """One file of SIZE bytes, of which only the first ones matter."""
    drafts = store().new_drafts()
    (drafts / "1").write_bytes(word.encode().ljust(SIZE))
    model = StoredModel(object=f"{DRAFT}1", bytes=SIZE, class_name=word)
    with store().keeping():
        kept = store().keep(model, drafts)
    drafts.rmdir()
    kept.used = timezone.now() - timedelta(hours=hours_ago)
    kept.save()
    return kept


def experiment() -> Experiment:
    return create_experiment(owner(), chain().file())


def run(of: Experiment, result: Artifact, key: str = "") -> Run:
    """A run of one node that left this result."""
    made = start_run(of, hints=False)
    node = made.nodes.get()
    assert recorder.claim(node, "w")
    recorder.finish(node, {"dataset": result}, reason="ran", key=key)
    return made


def left() -> set[str]:
    """The words of the results that are still there."""
    return {
        a.manifest["class_name"] for a in Artifact.objects.filter(dropped=None) if store().holds(a.read())
    }


def test_the_least_recently_used_go_first_and_only_as_many_as_need_be() -> None:
    of = experiment()
    for hours, word in enumerate(["newest", "newer", "old", "oldest"], 1):
        run(of, artifact(word, hours))
    run(of, artifact("latest", 9))
    done = prune(4 * SIZE)
    assert left() == {"newest", "newer", "latest"}
    assert (done.before, done.after, done.results) == (5 * SIZE, 3 * SIZE, 2)


def test_nothing_goes_below_the_bound() -> None:
    run(experiment(), artifact("only"))
    artifact("held by nobody")
    assert prune(2 * SIZE).results == 0


def test_datasets_latest_runs_versions_and_runs_under_way_hold() -> None:
    of, busy = experiment(), experiment()
    run(of, artifact("earlier"))
    version = run(of, artifact("version"))
    Run.objects.filter(pk=version.pk).update(name="as published")
    run(of, artifact("latest"))
    kept = artifact("dataset")
    original = artifact("original")
    Dataset.objects.create(
        owner=owner(),
        name="d",
        type="csv",
        original=original.manifest["object"],
        sha256="",
        bytes=SIZE,
        artifact=kept,
        state=Dataset.State.READY,
    )
    under_way = run(busy, artifact("under way"))
    Run.objects.filter(pk=under_way.pk).update(state="running")
    run(busy, artifact("latest of busy"))
    prune(0)
    assert left() == {"latest", "version", "dataset", "under way", "latest of busy"}
    assert store().has({original.manifest["object"]: SIZE})


def test_a_file_that_others_stand_on_stays() -> None:
    of = experiment()
    first = artifact("shared")
    twin = Artifact.objects.create(
        id="f" * 64, type="model", manifest={**first.manifest, "text": "twin"}, bytes=SIZE
    )
    run(of, first)
    run(of, twin)
    assert prune(0).results == 1
    assert store().has({first.manifest["object"]: SIZE})


def test_what_is_dropped_is_forgotten_by_the_cache() -> None:
    of = experiment()
    run(of, artifact("first"), key="a" * 64)
    run(of, artifact("second"), key="b" * 64)
    prune(0)
    assert list(CachedResult.objects.values_list("key", flat=True)) == ["b" * 64]


def test_rows_that_nothing_points_to_go_altogether() -> None:
    of = experiment()
    run(of, artifact("of a deleted experiment"))
    of.delete()
    prune(0)
    assert not Artifact.objects.filter(manifest__class_name="of a deleted experiment").exists()


def test_files_without_a_row_and_old_exports_go() -> None:
    of = experiment()
    kept = artifact("kept")
    run(of, kept)
    orphan = artifact("orphan")
    Artifact.objects.filter(pk=orphan.pk).delete()
    exports = [store().derived.path(kept.pk, f"export.{kind}") for kind in ("csv", "parquet")]
    for export in exports:
        export.parent.mkdir(parents=True, exist_ok=True)
        export.write_bytes(b"x" * SIZE)
    long_ago = time.time() - 2 * EXPORT_AGE
    os.utime(exports[0], (long_ago, long_ago))
    done = prune(SIZE)
    assert (done.orphans, done.exports, done.results) == (1, 1, 0)
    assert [export.exists() for export in exports] == [False, True]
    assert left() == {"kept"}


def test_a_dry_run_drops_nothing() -> None:
    of = experiment()
    run(of, artifact("a"))
    run(of, artifact("b"))
    done = prune(0, dry_run=True)
    assert (done.results, done.after) == (1, SIZE)
    assert left() == {"a", "b"}


def test_a_result_that_is_kept_again_is_there_again() -> None:
    of = experiment()
    run(of, artifact("again"))
    run(of, artifact("other"))
    prune(0)
    assert left() == {"other"}
    artifact("again")
    assert left() == {"again", "other"}


def test_verifying_drops_damaged_results_and_names_lost_uploads() -> None:
    of = experiment()
    good, bad = artifact("good"), artifact("bad")
    run(of, good)
    run(of, bad)
    path = store().local(bad.manifest["object"])
    times = path.stat().st_mtime_ns
    path.chmod(0o644)
    path.write_bytes(b"?" * SIZE)
    os.utime(path, ns=(times, times))
    Dataset.objects.create(owner=owner(), name="lost", type="csv", original="0" * 64, sha256="", bytes=1)
    done = verify()
    assert (done.damaged, done.results, [d.name for d in done.lost]) == (2, 1, ["lost"])
    assert left() == {"good"}


def test_it_happens_by_itself_near_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    of = experiment()
    run(of, artifact("first"))
    run(of, artifact("second"))
    monkeypatch.setenv("STUDIO_STORE_MAX", str(SIZE + SIZE // 2))
    pruning = Pruning()
    pruning.look()
    assert pruning._thread
    pruning._thread.join()
    assert left() == {"second"}
    thread = pruning._thread
    pruning.look()
    assert pruning._thread is thread, "not twice within a minute"


def test_uploads_given_up_are_swept_though_nobody_uploads_anything_else() -> None:
    begun = partial.begin(owner().pk, 10, "old.csv")
    assert isinstance(begun, InFolder)
    given_up = time.time() - partial.LIFETIME - 1
    os.utime(begun.path.with_suffix(".json"), (given_up, given_up))
    pruning = Pruning()
    pruning.look()
    assert pruning._thread
    pruning._thread.join()
    assert not begun.path.exists()


def test_results_kept_while_others_are_dropped_are_whole(tmp_path: Path) -> None:
    """In a process of its own, since the tests' database in memory knows no writers beside each other."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.studio.keep_and_drop"],
        cwd=config.ROOT,
        env={**os.environ, "STUDIO_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "studio.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "160 kept, 0 missing\n"), done.stdout + done.stderr


def test_sizes_are_read_as_people_write_them() -> None:
    assert [config.read_bytes(text) for text in ("10", "1K", "1.5 GiB", "2tb")] == [
        10,
        1024,
        3 << 29,
        2 << 40,
    ]
    with pytest.raises(ValueError, match="not a size"):
        config.read_bytes("lots")
