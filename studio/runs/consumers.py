"""The socket of an experiment: what happens to it, and who else has it open."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any
from urllib.parse import parse_qs

import redis
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import DatabaseError

from studio.accounts.access import access_experiment
from studio.accounts.sessions import mark_of
from studio.accounts.sockets import still_signed_in
from studio.errors import NotFound
from studio.experiments.events import PresenceEvent, TabOut
from studio.live import presence
from studio.live.broadcast import group_of, group_of_owner, group_of_session

log = logging.getLogger(__name__)

NOT_SIGNED_IN, NOT_FOUND, TRY_AGAIN = 4401, 4404, 1013
PATIENCE = 5
"""Seconds that Redis may take until a socket listens."""
HEARTBEAT = presence.SECONDS / 3
SIGNED_IN_SECONDS = 15
"""After which a socket looks again whether its session goes on."""


class ExperimentConsumer(AsyncJsonWebsocketConsumer):
    """Passes on every event of one experiment, and of its owner's datasets, to a client that may see it. It
    takes no orders.

    A client that names itself (`?client=`) is shown to the others as long as it stays.
    """

    group: str | None = None
    owner_group: str | None = None
    session_group: str | None = None
    tab: presence.Tab | None = None
    beat: asyncio.Task[None] | None = None
    watch: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self._refuse(NOT_SIGNED_IN)
            return
        try:
            experiment = await database_sync_to_async(access_experiment)(
                user, self.scope["url_route"]["kwargs"]["id"]
            )
        except NotFound:
            await self._refuse(NOT_FOUND)
            return
        self.experiment, self.group = experiment.pk, group_of(experiment.pk)
        self.owner_group = group_of_owner(experiment.owner_id)
        try:
            async with asyncio.timeout(PATIENCE):
                await self.channel_layer.group_add(self.group, self.channel_name)
                await self.channel_layer.group_add(self.owner_group, self.channel_name)
        except (redis.RedisError, OSError) as error:
            log.warning("a socket is refused, since Redis is away: %s", str(error) or type(error).__name__)
            await self._refuse(TRY_AGAIN)
            return
        if key := getattr(self.scope.get("session"), "session_key", None):
            self.session_group = group_of_session(mark_of(key))
            await self.channel_layer.group_add(self.session_group, self.channel_name)
        await self.accept()
        self.watch = asyncio.create_task(self._leave_when_signed_off())
        if client := parse_qs(self.scope["query_string"].decode("latin-1")).get("client"):
            self.tab = {"client": client[0][:64], "name": user.get_username()}
            self.beat = asyncio.create_task(self._stay())

    async def disconnect(self, code: int) -> None:
        if self.beat and self.tab:
            self.beat.cancel()
            with contextlib.suppress(redis.RedisError):
                await asyncio.to_thread(presence.leave, self.experiment, self.tab)
                await self._announce()
        if self.watch:
            self.watch.cancel()
        for group in filter(None, (self.group, self.owner_group, self.session_group)):
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Nothing that a client says here changes anything."""

    async def events(self, message: dict[str, Any]) -> None:
        for event in message["events"]:
            await self.send_json(event)

    async def signed_off(self, message: dict[str, Any]) -> None:
        """The session was signed out, in whichever tab."""
        await self.close(code=NOT_SIGNED_IN)

    async def _leave_when_signed_off(self) -> None:
        """Looks now and then, since the token may have changed, or a message was lost."""
        while True:
            await asyncio.sleep(SIGNED_IN_SECONDS)
            with contextlib.suppress(DatabaseError):
                if not await database_sync_to_async(still_signed_in)(self.scope):
                    await self.close(code=NOT_SIGNED_IN)
                    return

    async def _stay(self) -> None:
        """Says again and again that the tab is here, until it leaves. Redis may be away for a while."""
        assert self.tab
        while True:
            try:
                if await asyncio.to_thread(presence.arrive, self.experiment, self.tab):
                    await self._announce()
            except (redis.RedisError, OSError) as error:
                log.warning("presence is not known: %s", error)
            await asyncio.sleep(HEARTBEAT)

    async def _announce(self) -> None:
        """Tells every tab, this one too, who is here."""
        here = [TabOut(**tab) for tab in await asyncio.to_thread(presence.tabs, self.experiment)]
        event = PresenceEvent(id=self.experiment, here=here).model_dump(mode="json")
        await self.channel_layer.group_send(self.group, {"type": "events", "events": [event]})

    async def _refuse(self, code: int) -> None:
        await self.close(code=code)
