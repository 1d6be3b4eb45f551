"""An environment as a node needs it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, NamedTuple

from modules.interpreter import Interpreter, with_packages
from modules.registry import find
from studio.environments.models import Environment
from workers.environments import base, folders
from workers.environments.builds import LOG_BYTES, build_environment
from workers.environments.index import read_index
from workers.environments.locks import to_install
from workers.environments.steps import Builder, Cancelled, NotBuilt
from workers.sandbox import job
from workers.sandbox.logs import Log
from workers.sandbox.parent import Sandbox

PAUSE = 0.25


class NotReady(Exception):
    """It is still being built."""


class Missing(Exception):
    """Nothing can run in it: it is gone, or could not be built. The message is a sentence."""


class Ready(NamedTuple):
    """`packages`: version by name of what it has beside base, as pairs. `names`: what can be imported."""

    id: str
    name: str
    key: str
    packages: tuple[tuple[str, str], ...]
    names: tuple[str, ...]

    @property
    def interpreter(self) -> Interpreter:
        return with_packages(self.packages)

    def as_sandbox_takes_it(self, module: str) -> job.Environment | None:
        """`module`: the slug of what is to run. None if base has all of it."""
        if not self.key:
            return None
        spec = find(module)
        alone = spec.function.__module__ if spec and not WARM_ENOUGH.isdisjoint(self.names) else ""
        return job.Environment(folder=str(folders.site_of(self.key)), names=self.names, alone=alone)


WARM_ENOUGH = frozenset(line.partition(">")[0].replace("-", "_") for line in base.NEEDED) | {
    "sklearn",
    "arff",
}
"""Packages without which the template cannot read all modules."""


def find_ready(plan: Mapping[str, Any]) -> Ready | None:
    """The environment of a plan's step; None for base. NotReady, or Missing."""
    id = plan.get("environment")
    if not id:
        return None
    row = Environment.objects.filter(pk=id).defer("log", "lock").first()
    if row is None:
        raise Missing("The environment that this node names was deleted. Choose another in its properties.")
    if row.state == Environment.State.BUILDING:
        raise NotReady
    if row.state == Environment.State.FAILED:
        raise Missing(f"The environment {row.name!r} could not be built: {row.error}")
    return Ready(row.pk, row.name, row.key, tuple(sorted(row.packages.items())), tuple(row.names))


def make_ready(plan: Mapping[str, Any], sandbox: Sandbox, cancelled: threading.Event) -> None:
    """Waits until it is built, and has its packages on this machine too; builds them if nobody else does.
    Missing if that cannot be, Cancelled if nobody waits any more."""
    while not cancelled.is_set():
        try:
            found = find_ready(plan)
        except NotReady:
            if not build_environment(plan["environment"], sandbox):
                cancelled.wait(PAUSE)
            continue
        if found and found.key and not folders.site_of(found.key).is_dir():
            _install_here(found, sandbox, cancelled)
        return
    raise Cancelled


def _install_here(found: Ready, sandbox: Sandbox, cancelled: threading.Event) -> None:
    """Another machine built it."""
    lock = Environment.objects.values_list("lock", flat=True).get(pk=found.id)
    try:
        builder = Builder(sandbox, read_index(), Log(LOG_BYTES), cancelled)
        builder.install(to_install(lock, base.pins()), found.key)
    except NotBuilt as problem:
        raise Missing(
            f"The environment {found.name!r} could not be installed on this machine: {problem}"
        ) from None
