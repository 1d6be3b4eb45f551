"""A real sandbox with a real template, and one way to run a script in it."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest

from modules.wire_types import Manifest
from modules.wire_types.stored import DRAFT
from workers.sandbox.cgroups import Cgroups
from workers.sandbox.delegation import NotDelegated
from workers.sandbox.job import Input, Job, Limits, Outcome
from workers.sandbox.logs import Log, Piece
from workers.sandbox.parent import Sandbox
from workers.sandbox.watch import Lead, OnProgress


@dataclass
class Ran:
    """What came of a script: its outcome, and what it printed on each stream."""

    outcome: Outcome
    stdout: str
    stderr: str
    log: list[Piece]

    @property
    def message(self) -> str:
        assert self.outcome.failure, f"it did not fail; it printed {self.stdout}{self.stderr}"
        return self.outcome.failure.message

    def inputs(self, port: str = "result_dataset") -> Input:
        """An output as the next node's input; its drafts stand for the store's files."""
        return stored(self.outcome.outputs[port], self.outcome.drafts)


def stored(manifest: Manifest, drafts: Path) -> Input:
    text, files = manifest.model_dump_json(), {}
    for path in drafts.iterdir():
        name = os.urandom(32).hex()
        text = text.replace(f'"{DRAFT}{path.name}"', f'"{name}"')
        files[name] = str(path)
    return Input.model_validate({"manifest": __import__("json").loads(text), "files": files})


def no_cgroups() -> Cgroups:
    raise NotDelegated("limits shall hold without")


class Bench:
    """Runs jobs one after the other in one sandbox, each with drafts of its own. Without `cgroups` limits
    hold as they do on most machines."""

    def __init__(self, home: Path, tier: str = "auto", cgroups: Callable[[], Cgroups] = no_cgroups) -> None:
        self.home, self.sandbox = home, Sandbox(home, tier, cgroups=cgroups)

    def run(
        self,
        job: Job,
        cancelled: threading.Event | None = None,
        on_progress: OnProgress | None = None,
        lead: Lead | None = None,
    ) -> Ran:
        drafts = Path(tempfile.mkdtemp(dir=self.home, prefix="drafts-"))
        log = Log(job.limits.log_bytes)
        outcome = self.sandbox.run(job, drafts, cancelled, log, on_progress, lead=lead)
        said = {
            stream: "".join(piece.text for piece in log.kept() if piece.stream == stream)
            for stream in ("stdout", "stderr")
        }
        return Ran(outcome, said["stdout"], said["stderr"], log.kept())

    def script(
        self,
        text: str,
        *,
        cancelled: threading.Event | None = None,
        inputs: dict[str, Input] | None = None,
        on_progress: OnProgress | None = None,
        **limits: int,
    ) -> Ran:
        """A whole script where it defines azureml_main, else the body of one."""
        text = dedent(text)
        if "def azureml_main" not in text:
            text = "def azureml_main():\n" + indent(text, "    ") + "\n    return None\n"
        args: dict[str, Any] = {"module": "execute-python-script", "params": {"script": text}}
        job = Job(verb="node", args=args, inputs=inputs or {}, limits=Limits(**limits))
        return self.run(job, cancelled, on_progress)

    def prints(self, text: str, **limits: int) -> str:
        """What a script prints that ends well."""
        ran = self.script(text, **limits)
        assert ran.outcome.failure is None, ran.stderr or ran.outcome.failure
        return ran.stdout.strip()


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o700)
    bench = Bench(home)
    yield bench
    bench.sandbox.close()


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The tier for machines that allow no namespaces."""
    bench = Bench(tmp_path_factory.mktemp("second"), "2")
    yield bench
    bench.sandbox.close()
