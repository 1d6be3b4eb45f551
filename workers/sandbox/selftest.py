"""Chooses a tier by attacking a child of each: what is printed by `manage.py doctor`."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from workers.sandbox import landlock
from workers.sandbox.answer import RESULT
from workers.sandbox.board import Board
from workers.sandbox.ground import Tier
from workers.sandbox.link import Link, TemplateError, working_folder
from workers.sandbox.trust import clear
from workers.sandbox.wire import hear, seal_letter

PATIENCE = 20
NAMES = {
    "1": "namespaces, Landlock and seccomp",
    "2": "Landlock and seccomp, without namespaces",
    "off": "nothing: STUDIO_SANDBOX=off",
}


class Protection(NamedTuple):
    name: str
    ok: bool
    reason: str


@dataclass(frozen=True)
class Report:
    """`tier` is None where user code must not run; `refusal` is then the sentence for a node."""

    tier: Tier | None
    protections: list[Protection]
    refusal: str = ""

    @property
    def isolated(self) -> bool:
        return self.tier in ("1", "2")

    @property
    def sentence(self) -> str:
        """The tier in words.

        >>> Report("1", []).sentence
        'tier 1: namespaces, Landlock and seccomp'
        """
        return f"tier {self.tier}: {NAMES[self.tier]}" if self.tier else self.refusal


def probe(home: Path, wanted: str = "auto") -> Report:
    """Starts a child in the best tier this machine allows, and attacks from inside it.

    `wanted` is STUDIO_SANDBOX: "auto", "off", or "1" or "2" to insist on a tier.
    """
    if wanted == "off":
        return Report("off", [Protection("isolation", False, "STUDIO_SANDBOX=off was chosen")])
    if wanted not in ("auto", "1", "2"):
        return Report(None, [], f"STUDIO_SANDBOX is {wanted!r}, but it must be auto or off.")
    reasons: list[Protection] = []
    for tier in ("1", "2") if wanted == "auto" else (wanted,):
        try:
            found = _attack(home, tier)
        except (TemplateError, OSError) as error:
            reasons.append(Protection(f"tier {tier}", False, str(error)))
            continue
        protections = [Protection(name, not wrong, wrong) for name, _, wrong in found]
        holes = [f"{name}: {wrong}" for name, essential, wrong in found if essential and wrong]
        if not holes:
            return Report(tier, reasons + protections)
        reasons += [Protection(f"tier {tier}", False, "; ".join(holes)), *protections]
    why = "; ".join(f"{p.name}: {p.reason}" for p in reasons if p.name.startswith("tier"))
    return Report(
        None,
        reasons,
        f"This machine cannot isolate user code, so it is not run ({why}). The command `doctor` says more.",
    )


def _attack(home: Path, tier: Tier) -> list[tuple[str, bool, str]]:
    """One child in that tier, the attacks' results. OSError or TemplateError where it cannot begin."""
    drafts = Path(tempfile.mkdtemp(prefix="self-test-", dir=home))
    secret = home / f"self-test-{secrets.token_hex(4)}"
    secret.write_text("SANDBOX_SECRET")
    folder = working_folder(tier)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    link, board = None, Board()
    try:
        link = Link(home, tier, bare=True)
        targets = {"secrets": [str(secret)], "home": str(home), "pid": os.getpid()}
        targets["landlock"] = landlock.version()  # no child may ask
        with theirs, open(os.devnull, "wb") as nothing:
            letter = seal_letter({"drafts": str(drafts), "folder": folder, "attack": targets}, b"")
            try:
                link.send([nothing.fileno(), nothing.fileno(), theirs.fileno(), letter, board.fd])
            finally:
                os.close(letter)
        _wait(ours)
        result: list[tuple[str, bool, str]] = json.loads((drafts / RESULT).read_text())
        return result
    finally:
        ours.close()
        board.close()
        if link is not None:
            link.close()
        secret.unlink()
        clear(drafts, set())
        drafts.rmdir()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def _wait(status: socket.socket) -> None:
    status.settimeout(PATIENCE)
    while heard := hear(status):
        message, fds = heard
        for fd in fds:
            os.close(fd)
        if "refused" in message:
            raise OSError(message["refused"])
        if "ended" in message:
            if message["ended"]:
                raise OSError(f"the test child ended with {message['ended']}")
            return
    raise OSError("the test child went without a word")
