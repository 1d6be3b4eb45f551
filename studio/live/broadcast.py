"""Tells open browsers: publishes events to a group after the database has them.

One thread with one event loop a process keeps the connection to Redis; a lost message costs
nothing but a re-read, since the database is the truth.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import Any

from channels.layers import get_channel_layer
from django.db import transaction
from pydantic import BaseModel

log = logging.getLogger(__name__)

SECONDS = 5
"""How long an event may take to be published."""

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_quiet = False


def group_of(experiment: str) -> str:
    return f"experiment.{experiment}"


def group_of_run(run: str) -> str:
    """Of those who watch a run that is no experiment's."""
    return f"run.{run}"


def group_of_owner(owner_id: int) -> str:
    return f"owner.{owner_id}"


def be_quiet() -> None:
    """Publishes nothing from this process: nobody listens to a run on the command line."""
    global _quiet
    _quiet = True


def publish(group: str, *events: BaseModel) -> None:
    """Sends events to every browser in the group; once the transaction commits."""
    if _quiet:
        return
    told = [event.model_dump(mode="json") for event in events]
    transaction.on_commit(lambda: _send(group, told))


def publish_to_owner(owner_id: int, *events: BaseModel) -> None:
    """Publishes events to every browser in which the owner has an experiment open."""
    publish(group_of_owner(owner_id), *events)


def group_of_session(mark: str) -> str:
    return f"session.{mark}"


def sign_off(mark: str) -> None:
    """Ends the sockets of a session that was signed out."""
    if not _quiet:
        transaction.on_commit(lambda: _run(group_of_session(mark), {"type": "signed.off"}))


def _send(group: str, events: list[dict[str, Any]]) -> None:
    _run(group, {"type": "events", "events": events})


def _run(group: str, message: dict[str, Any]) -> None:
    asyncio.run_coroutine_threadsafe(_group_send(group, message), _running_loop())


def send_in_order(name: str, message: dict[str, Any], *, to_group: bool) -> None:
    """Sends to a group, or to one channel, and waits until it is sent: what one thread tells comes in the
    order in which it was told. A message is lost while Redis is away."""
    if _quiet:
        return
    sent = asyncio.run_coroutine_threadsafe(_send_to(name, message, to_group), _running_loop())
    sent.result(SECONDS + 1)


async def _send_to(name: str, message: dict[str, Any], to_group: bool) -> None:
    layer = get_channel_layer()
    try:
        async with asyncio.timeout(SECONDS):
            await (layer.group_send if to_group else layer.send)(name, message)
    except Exception as error:
        log.warning("a dialogue's message was lost: %s", str(error) or type(error).__name__)


async def _group_send(group: str, message: dict[str, Any]) -> None:
    try:
        async with asyncio.timeout(SECONDS):  # all that wait behind a frozen Redis give up together
            await get_channel_layer().group_send(group, message)
    except Exception as error:  # Redis is away; browsers will read the run again
        log.warning("event not published: %s", str(error) or type(error).__name__)


def _running_loop() -> asyncio.AbstractEventLoop:
    global _loop
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="publisher", daemon=True).start()
        return _loop
