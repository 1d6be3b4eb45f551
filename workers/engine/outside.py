"""What a child is given of the world outside: a way to hosts, and the values of secrets."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import Error as DatabaseError

from modules.sdk.declare import ModuleSpec
from modules.sdk.network import not_covered
from modules.sdk.secrets import hide_in, pattern
from studio import config
from studio.network.actions import Place, Reached, note
from studio.runs.models import NodeRun
from studio.secrets.actions import NoSuchSecret, editions, give
from workers.network.gate import Gate
from workers.network.proxy import NodeProxy
from workers.sandbox.job import Failure, Network, Outcome
from workers.sandbox.logs import Log
from workers.sandbox.redacted import RedactedLog

log = logging.getLogger(__name__)


class NotGiven(Exception):
    """A node asks for what it may not have; the message is a sentence."""

    def __init__(self, type: str, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.type, self.param = type, param


class Asker(NamedTuple):
    """A node: its module, and its params."""

    spec: ModuleSpec
    params: Mapping[str, Any]

    @property
    def asks(self) -> bool:
        return self.spec.asks_for_network(self.params) or bool(self.spec.secrets(self.params))


def versions(owner_id: int | None, asker: Asker) -> dict[str, str]:
    """Of the secrets that a node names, for the key of its result. NotGiven if one is gone."""
    names = asker.spec.secrets(asker.params)
    if not names:
        return {}
    try:
        return editions(owner_id or 0, names)
    except NoSuchSecret as problem:
        raise NotGiven("UnknownSecret", str(problem)) from None


class Outside:
    """Of the nodes that one child runs, at `place`. NotGiven if a host is not allowed, or a secret
    gone. Close it when the child has ended."""

    def __init__(self, owner_id: int | None, askers: Iterable[Asker], place: Place) -> None:
        self._owner_id, self._place = owner_id, place
        askers = [asker for asker in askers if asker.asks]
        try:
            hosts = [host for asker in askers for host in asker.spec.hosts(asker.params)]
        except ValueError as problem:
            raise NotGiven("NetworkRefused", f"Network: {problem}", "network") from None
        allowed = config.network_allow()
        if refused := not_covered(hosts, allowed):
            raise NotGiven(
                "NetworkRefused",
                f"This node may not reach {', '.join(map(str, refused))}: the administrator does not allow "
                "it (setting STUDIO_NETWORK_ALLOW).",
                "network",
            )
        names = [name for asker in askers for name in asker.spec.secrets(asker.params)]
        try:
            self.secrets = dict(give(owner_id or 0, names, place.said)) if names else {}
        except NoSuchSecret as problem:
            raise NotGiven("UnknownSecret", str(problem)) from None
        self.proxy = NodeProxy(Gate(hosts, allowed), config.network_max()) if hosts else None
        self._pattern = pattern(self.secrets.values())

    @property
    def for_job(self) -> dict[str, Any]:
        """What a Job says of it."""
        return {"network": self.proxy and Network(word=self.proxy.word), "secrets": self.secrets}

    @property
    def lead(self) -> Any:
        return self.proxy and self.proxy.lead

    def before(self, log: Log) -> Log:
        """The log that the child's output goes to: with the values of secrets crossed out."""
        return RedactedLog(log, self.secrets.values()) if self.secrets else log

    def cross_out(self, outcome: Outcome) -> None:
        """In what the child says of a failure, and of its script's lines."""
        if self._pattern is None:
            return
        if outcome.failure:
            told = hide_in(outcome.failure.model_dump(mode="json"), self._pattern)
            outcome.failure = Failure.model_validate(told)
        outcome.lines = [
            type(line).model_validate(hide_in(line.model_dump(mode="json"), self._pattern))
            for line in outcome.lines
        ]

    def close(self, printed: Log | None = None) -> None:
        """Nothing goes through any more. The record is told what did, and the node's log."""
        if self.proxy is None:
            return
        self.proxy.close()
        usage, self.proxy = self.proxy.usage, None
        if printed and (lines := usage.lines()):
            printed.add("stderr", self._plain("".join(f"{line}\n" for line in lines)).encode())
        reached = [
            Reached(self._plain(host), count, sent, received, self._plain(refused))
            for host, refused, count, sent, received in usage.reached()
        ]
        if not reached or self._owner_id is None:
            return
        try:
            note(self._owner_id, self._place, reached)
        except DatabaseError:  # the node has run, whatever becomes of the record
            log.exception("what %s reached in the network was not written down", self._place.said)

    def _plain(self, text: str) -> str:
        """With values of secrets crossed out, however their letters are written: names of hosts are in lower
        case."""
        if self._pattern is None:
            return text
        return str(hide_in(text, re.compile(self._pattern.pattern, re.IGNORECASE)))


def place_of(node_run: NodeRun) -> Place:
    run = node_run.run
    return Place(node_run.title, node_run.run_id, run.experiment_id or "", node_run.node)
