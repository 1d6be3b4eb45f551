"""Faults of the past, to be put back: the simulation must find each."""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable
from datetime import timedelta
from typing import Any

Plant = Callable[[], None]

BUGS: dict[str, tuple[tuple[str, ...], Plant]] = {}
"""By name: the kinds of faults that bring it to light, and what puts it back."""


def bug(*kinds: str) -> Callable[[Plant], Plant]:
    def note(plant: Plant) -> Plant:
        BUGS[plant.__name__.replace("_", "-")] = kinds, plant
        return plant

    return note


def rewrite(owner: Any, name: str, old: str, new: str) -> None:
    """Puts `new` in place of `old` in the source of a function. ValueError where it is not there."""
    function = getattr(owner, name)
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(old) != 1:
        raise ValueError(f"{name} has {old!r} {source.count(old)} times")
    room: dict[str, Any] = {}
    exec(source.replace(old, new), vars(sys.modules[function.__module__]), room)
    setattr(owner, name, room[name])


@bug("freeze", "cut")
def a_lost_claim_commits() -> None:
    """A worker that lost its node commits over the one that has it now."""
    from studio.runs.change import Change

    rewrite(Change, "move", '"attempt": node_run.attempt, ', "")


@bug("redis")
def leases_by_the_hosts_clock() -> None:
    """40 s behind, and its nodes are taken back at once."""
    from studio.database.clock import Clock
    from tests.simulation import schedule
    from workers.engine import leases

    really = Clock.now

    def now(self: Clock) -> Any:
        host = schedule.current[-1].world.host()
        return really(self) + timedelta(seconds=getattr(host, "skew", 0.0))

    Clock.now = now  # type: ignore[method-assign]
    leases._is_silent = lambda node_run, now, unmoved: node_run.lease < now


@bug("database", "lost")
def a_refused_commit_throws_the_result_away() -> None:
    """The database was away for 8 s: the result is computed anew, and a death is counted."""
    from workers.engine.patience import Patience

    Patience.insist = lambda self, what, action: action()  # type: ignore[method-assign]


@bug("lost")
def a_refused_commit_is_taken_for_done() -> None:
    """In memory the node run has finished already; the second try finds nothing to do."""
    from studio.runs.change import Change

    Change._restore = lambda self: None  # type: ignore[method-assign]


@bug("store")
def a_refused_put_fails_the_node() -> None:
    """The bucket was away for 3 s."""
    from django.db import InterfaceError, OperationalError

    from workers.engine import execution, patience

    patience.AWAY = execution.AWAY = (OperationalError, InterfaceError)  # type: ignore[assignment]


@bug("database")
def an_outage_counts_as_silence() -> None:
    """The database was away for all: the first who is back takes what the others hold."""
    from workers.engine.leases import Leases

    Leases.forget = lambda self: None  # type: ignore[method-assign]


@bug("unheard")
def an_unheard_claim_is_kept() -> None:
    """A claim was committed without its worker hearing of it: the worker never offers it again."""
    from workers.engine.leases import Leases

    rewrite(Leases, "lost", "if claim in mine:", "if claim in mine or not is_dead(node_run.worker):")


@bug("redis")
def work_is_found_by_messages_only() -> None:
    from workers.housekeeping.watchdog import Watchdog

    rewrite(Watchdog, "_slow_round", "self._tell(count_free())", "self._tell(0)")


@bug("cancel", "stop")
def a_cancelled_run_takes_nodes_back() -> None:
    """Its worker stops while the run is cancelled: the node waits for ever."""
    from studio.runs import recorder

    rewrite(recorder, "give_back", "if change.run.cancel_requested:", "if False:")


@bug("redis")
def a_failure_leaves_the_run_open() -> None:
    from studio.runs import recorder

    rewrite(recorder, "_fail", "end_run_if_done(change)", "pass")


@bug("lost")
def browsers_hear_before_the_commit() -> None:
    from studio.live import broadcast

    rewrite(broadcast, "_publish", "transaction.on_commit(lambda: _send(group, told))", "_send(group, told)")
