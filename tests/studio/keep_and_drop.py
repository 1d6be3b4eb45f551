"""Four threads keep the same few results over and over while a fifth prunes all that nobody holds."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from modules.wire_types.model import StoredModel
from modules.wire_types.stored import DRAFT
from studio.accounts.owner import owner
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.experiments.actions import create_experiment
from studio.housekeeping.prune import prune
from studio.live import broadcast
from studio.runs.actions import start_run
from studio.runs.models import Run
from tests.builders import chain

TIMES, SIZE = 40, 1000
done = threading.Event()
kept, missing, troubles = list[str](), list[str](), list[str]()


def keep(run: Run) -> None:
    node = run.nodes.get()
    for place in range(TIMES):
        drafts = store().new_drafts()
        word = f"result {place % 3}"
        (drafts / "1").write_bytes(word.encode().ljust(SIZE))
        with store().keeping():
            artifact = store().keep(StoredModel(object=f"{DRAFT}1", bytes=SIZE, class_name=word), drafts)
            output = node.outputs.create(port=f"p{place}", artifact=artifact)
        drafts.rmdir()
        kept.append(word)
        artifact.refresh_from_db()
        if artifact.dropped or not store().holds(artifact.read()):
            missing.append(word)
        output.delete()


def drop() -> None:
    while not done.is_set():
        Artifact.objects.update(used=timezone.now() - timedelta(hours=1))
        prune(0)


def guarded(act: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            act()
        except Exception:
            troubles.append(traceback.format_exc())
        finally:
            connection.close()

    return run


def main() -> int:
    broadcast.be_quiet()
    call_command("migrate", verbosity=0)
    experiment = create_experiment(owner(), chain().file())
    runs = [start_run(experiment, hints=False) for _ in range(4)]
    keepers = [threading.Thread(target=guarded(partial(keep, run))) for run in runs]
    dropping = threading.Thread(target=guarded(drop))
    for thread in (dropping, *keepers):
        thread.start()
    for thread in keepers:
        thread.join()
    done.set()
    dropping.join()
    print("".join(troubles) + f"{len(kept)} kept, {len(missing)} missing")
    return 0


if __name__ == "__main__":
    sys.exit(main())
