"""How often a key may call: counted in Redis, for all web processes together, minute by minute."""

from __future__ import annotations

import time

import redis

from studio.services.generation import client

NAME = "studio:services:rate"
MINUTE = 60


async def seconds_to_wait(key: str, calls_a_minute: int) -> int:
    """Notes a call with the key. 0 where it may go on; otherwise the seconds until the next minute begins."""
    now = time.time()
    name = f"{NAME}:{key}:{int(now // MINUTE)}"
    try:
        count = await client().incr(name)
        if count == 1:
            await client().expire(name, 2 * MINUTE)
    except redis.RedisError:
        return 0  # no call goes anywhere without Redis
    return 0 if count <= calls_a_minute else max(1, int(MINUTE - now % MINUTE))
