"""The socket of an experiment: one group, one consumer, no state."""

from __future__ import annotations

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from studio.accounts.access import access_experiment
from studio.errors import NotFound
from studio.live import group_of

NOT_SIGNED_IN, NOT_FOUND = 4401, 4404


class ExperimentConsumer(AsyncJsonWebsocketConsumer):
    """Passes on every event of one experiment to a client that may see it. It takes no orders."""

    group: str | None = None

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
        self.group = group_of(experiment.pk)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Nothing that a client says here changes anything."""

    async def events(self, message: dict[str, Any]) -> None:
        for event in message["events"]:
            await self.send_json(event)

    async def _refuse(self, code: int) -> None:
        await self.close(code=code)
