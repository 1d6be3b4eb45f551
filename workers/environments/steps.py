"""The two steps of a build, each in a sandbox of its own: finding versions, and installing them."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any, cast

from modules.interpreter import normal
from studio.environments.pins import Pin, read_lock
from workers.data.sandbox_input import bounds
from workers.environments import base, folders
from workers.environments.index import Index, give_certificates
from workers.environments.proxy import Proxy
from workers.sandbox.building import Build
from workers.sandbox.job import Job, Limits
from workers.sandbox.logs import Log
from workers.sandbox.parent import Sandbox

SECONDS = 1800
MEMORY = 4 << 30
PROCESSES = 256
TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


class NotBuilt(Exception):
    """Why there is no environment, in a sentence for the user."""


class Cancelled(Exception):
    """It was deleted, or the worker stops."""


class Builder:
    """Builds in this sandbox. What uv says goes to `log`."""

    def __init__(self, sandbox: Sandbox, index: Index, log: Log, cancelled: threading.Event) -> None:
        self.sandbox, self.index, self.log, self.cancelled = sandbox, index, log, cancelled

    def find_versions(self, requirements: list[str]) -> list[Pin]:
        """A lock for these requirements that goes together with base. NotBuilt if there is none."""
        wish = Build(
            step="lock",
            index=self.index.arguments(),
            requirements=[*base.needed(), *requirements],
            constraints=base.constraints(),
            lock=base.as_lock(),
            wheels_only=self.index.wheels_only,
        )
        with folders.draft() as folder:
            base.write_stubs(folder / "given" / "stubs")
            said = self._run(wish, folder)
        return read_lock(str(said.get("lock", "")))

    def install(self, pins: list[Pin], key: str) -> folders.Facts:
        """Installs these under the key, unless they are there. NotBuilt if that cannot be."""
        with folders.alone_with(key):
            if (found := folders.facts_of(key)) and folders.site_of(key).is_dir():
                self.say("They are installed already: another environment has the same lock.\n")
                return found
            wish = Build(
                step="install",
                index=self.index.arguments(),
                lock="".join(f"{pin.line}\n" for pin in pins),
                wheels_only=self.index.wheels_only,
            )
            with folders.draft() as folder:
                said = self._run(wish, folder)
                return folders.keep(folder, key, _facts(said))

    def say(self, text: str) -> None:
        self.log.add("stdout", text.encode())

    def _run(self, wish: Build, folder: Path) -> dict[str, Any]:
        """What the child says. NotBuilt if uv did not end well, or the sandbox refused."""
        proxy = Proxy(self.index.all_hosts, self.index.folders)
        wish = wish.model_copy(update={"certificates": give_certificates(folder / "given")})
        for path in (folder / "given").rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        before = len(self.text())
        log = _Passing(self.log)
        try:
            job = Job(verb="build", args=wish.model_dump(), limits=_limits())
            outcome = self.sandbox.run(job, folder, self.cancelled, log, lead=proxy.lead)
        finally:
            proxy.close()
        if outcome.cancelled or self.cancelled.is_set():
            raise Cancelled
        if outcome.failure:
            raise NotBuilt(f"Building it was stopped: {outcome.failure.message}")
        said = outcome.data if isinstance(outcome.data, dict) else {}
        if said.get("code") != 0:
            raise NotBuilt(self._why(self.text()[before:], proxy))
        return cast(dict[str, Any], said)

    def text(self) -> str:
        return "".join(piece.text for piece in self.log.kept())

    def _why(self, said: str, proxy: Proxy) -> str:
        if proxy.unreachable:
            host, why = next(iter(proxy.unreachable.items()))
            return (
                f"The package index ({self.index.called}) cannot be reached from this server: {host[0]} "
                f"answers “{why}”. Try again later, or ask the administrator (setting STUDIO_PACKAGE_INDEX)."
            )
        if proxy.refused:
            host = next(iter(proxy.refused))
            return (
                f"A package wanted to reach {host[0]}, which is not the package index ({self.index.called}). "
                "If its files lie there, the administrator names it in STUDIO_PACKAGE_HOSTS."
            )
        return sentence_of(said)


class _Passing(Log):
    """A job's log that goes on to another, which stays open for the next job."""

    def __init__(self, to: Log) -> None:
        super().__init__(0)
        self._to = to

    def add(self, stream: Any, data: bytes) -> None:
        self._to.add(stream, data)


def sentence_of(said: str) -> str:
    """The reason at the end of what uv says, on one line.

    >>> sentence_of("Using CPython\\n  × No way:\\n  ╰─▶ Because cow was not\\n      there, no.\\n")
    'No way: Because cow was not there, no.'
    """
    lines = said.splitlines()
    starts = [at for at, line in enumerate(lines) if line.lstrip().startswith(("×", "error:"))]
    told = lines[starts[-1] :] if starts else lines[-3:]
    told = [re.sub(r"^\s*cause: ", "– ", line) for line in told]
    text = " ".join(re.sub(r"^[\s│╰─▶├×]+", "", line) for line in told).removeprefix("error: ").strip()
    return text[:2000] or "uv ended without a word; look at the log."


def _facts(said: dict[str, Any]) -> folders.Facts:
    """What the child says of what it installed, held to what can be: code of packages ran beside it."""
    packages, names = said.get("packages"), said.get("names")
    if not isinstance(packages, dict) or not isinstance(names, list):
        raise NotBuilt("What was installed could not be read.")
    kept = {
        normal(name): version
        for name, version in packages.items()
        if isinstance(version, str) and TEXT.fullmatch(name) and len(version) < 200
    }
    return folders.Facts(kept, [name for name in names if isinstance(name, str) and name.isidentifier()], 0)


def _limits() -> Limits:
    usual = bounds().most
    return usual.model_copy(
        update={
            "wall_seconds": SECONDS,
            "cpu_seconds": max(usual.cpu_seconds, SECONDS),
            "memory_bytes": max(usual.memory_bytes, MEMORY),
            "processes": max(usual.processes, PROCESSES),
        }
    )
