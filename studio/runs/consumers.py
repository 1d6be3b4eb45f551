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
from pydantic import ValidationError

from studio.accounts.access import access_experiment
from studio.accounts.sessions import mark_of
from studio.accounts.sockets import still_signed_in
from studio.errors import NotFound
from studio.experiments.events import PresenceEvent, TabOut
from studio.live import presence
from studio.live.broadcast import group_of, group_of_owner, group_of_session
from studio.live.dialogue_messages import DialogueEvent, Order, Response
from studio.live.dialogues import find_dialogue, give, group_of_dialogue, watch

MOST_DIALOGUES = 20

log = logging.getLogger(__name__)

NOT_SIGNED_IN, NOT_FOUND, TRY_AGAIN = 4401, 4404, 1013
PATIENCE = 5
"""Seconds that Redis may take until a socket listens."""
HEARTBEAT = presence.SECONDS / 3
SIGNED_IN_SECONDS = 15
"""After which a socket looks again whether its session goes on."""


class ExperimentConsumer(AsyncJsonWebsocketConsumer):
    """Passes on every event of one experiment, and of its owner's datasets, to a client that may see it. It
    takes orders in dialogues of the experiment that are the person's own, and no others.

    A client that names itself (`?client=`) is shown to the others as long as it stays.
    """

    group: str | None = None
    owner_group: str | None = None
    session_group: str | None = None
    tab: presence.Tab | None = None
    dialogues: set[str]
    beat: asyncio.Task[None] | None = None
    watch: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        self.dialogues = set()
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
        attached = [group_of_dialogue(id) for id in self.dialogues]
        for group in filter(None, (self.group, self.owner_group, self.session_group, *attached)):
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **_: Any) -> None:
        """An order in a dialogue. What is no order changes nothing."""
        try:
            order = Order.model_validate_json(text_data or "")
        except ValidationError:
            return
        problem = await self._order(order)
        if problem:
            refused = Response(request_seq=order.seq, command=order.command, success=False, message=problem)
            event = DialogueEvent(dialogue=order.dialogue, message=refused)
            await self.send_json(event.model_dump(mode="json"))

    async def _order(self, order: Order) -> str:
        """Passes an order on to the worker that holds the dialogue; why not, if it is refused. Another's
        dialogue does not exist."""
        try:
            found = await asyncio.to_thread(find_dialogue, order.dialogue, self.scope["user"].pk)
            if found is None or found.experiment != self.experiment:
                return "There is no such dialogue, or it has ended."
            if order.command == "attach" and order.dialogue not in self.dialogues:
                if len(self.dialogues) >= MOST_DIALOGUES:
                    return f"This page watches {MOST_DIALOGUES} dialogues already."
                await self.channel_layer.group_add(group_of_dialogue(order.dialogue), self.channel_name)
                self.dialogues.add(order.dialogue)
            await asyncio.to_thread(watch, order.dialogue)
            return await asyncio.to_thread(give, order, self.channel_name)
        except (redis.RedisError, OSError):
            return "Redis is away, so the worker cannot be reached. Try again in a moment."

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
            with contextlib.suppress(redis.RedisError, OSError):
                for id in self.dialogues:
                    await asyncio.to_thread(watch, id)

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
