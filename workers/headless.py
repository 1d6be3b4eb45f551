"""Runs an experiment file without a queue and a browser, for the command line, with the engine of all
runs."""

from __future__ import annotations

import threading
import time
from functools import partial

from django.db import connection

from studio import celery, config
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.datasets.models import Dataset
from studio.live import broadcast
from studio.runs.models import UNDER_WAY, Run
from workers.data.imports import import_dataset
from workers.engine.scheduler import Engine
from workers.housekeeping.watchdog import Watchdog
from workers.looks.look import look
from workers.sandbox import delegation
from workers.sandbox.parent import Sandbox

PAUSE = 0.01


class Headless:
    """Runs experiments to their end in this process. Use it as a context: it closes the sandbox."""

    def __init__(self) -> None:
        broadcast.be_quiet()
        celery.be_quiet()
        self.sandbox = Sandbox(
            config.home(), config.sandbox(), config.reserve(), partial(delegation.get, config.cgroups())
        )
        self.engine = Engine(self.sandbox, wake=lambda count: None, refuse=lambda: "")
        self.watchdog = Watchdog(self.engine)

    def __enter__(self) -> Headless:
        self.watchdog.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.stop()
        self.watchdog.stop()
        self.sandbox.close()

    def import_now(self, dataset: Dataset) -> Dataset:
        """The dataset, ready or failed."""
        return import_dataset(dataset.pk, self.sandbox) or Dataset.objects.get(pk=dataset.pk)

    def run_to_end(self, run: Run) -> Run:
        """Carries out all of a run, as many nodes at once as `STUDIO_WORKERS` says."""
        threads = [threading.Thread(target=self._help, args=(run.pk,)) for _ in range(config.workers())]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        run.refresh_from_db()
        return run

    def export(self, artifact: Artifact, format: str) -> str:
        """The path of a table's file in that format; RuntimeError with a sentence where it cannot be made."""
        answer = look(artifact.id, "export", {"format": format}, self.sandbox)
        if answer.failure:
            raise RuntimeError(answer.failure.message)
        return str(store().derived.find(artifact.id, f"export.{format}"))

    def _help(self, run_id: str) -> None:
        try:
            while Run.objects.filter(pk=run_id, state__in=UNDER_WAY).exists():
                self.engine.work(run_id)
                time.sleep(PAUSE)
        finally:
            connection.close()
