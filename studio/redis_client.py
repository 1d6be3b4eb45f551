"""This process's connections to Redis. None waits for longer than seconds: Redis may be frozen, or cut off.

Once Redis has not answered in time, the next calls of a few seconds fail at once, so that a page which asks
three times does not wait three times. What is in Redis is never missed for long: the database is the truth.
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from studio import config

CONNECT, ANSWER = 2.0, 2.0
"""Seconds that Redis may take to accept a connection, and to answer."""
AGAIN = 3.0
"""Seconds after which a Redis that did not answer is asked again."""

_silent_until = 0.0


@cache
def connection() -> redis.Redis:
    """A pool, safe between threads. Ask for a blocking command's answer in slices shorter than ANSWER."""
    pool = redis.ConnectionPool.from_url(
        config.redis_url(),
        socket_connect_timeout=CONNECT,
        socket_timeout=ANSWER,
        # Once more where Redis was started anew, which closes all connections; never after silence.
        retry=Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
    )
    pool.connection_class = type("Impatient", (Impatient, pool.connection_class), {})
    return redis.Redis(connection_pool=pool)


def is_silent() -> bool:
    """Whether Redis failed to answer in time, just now."""
    return time.monotonic() < _silent_until


class Impatient:
    """A connection that asks nothing of a Redis that has just not answered."""

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        return self._timed("connect", *args, **kwargs)

    def send_packed_command(self, *args: Any, **kwargs: Any) -> Any:
        return self._timed("send_packed_command", *args, **kwargs)

    def read_response(self, *args: Any, **kwargs: Any) -> Any:
        return self._timed("read_response", *args, **kwargs)

    def _timed(self, what: str, *args: Any, **kwargs: Any) -> Any:
        global _silent_until
        if is_silent():
            raise redis.TimeoutError("Redis did not answer a moment ago")
        try:
            return getattr(super(), what)(*args, **kwargs)
        except redis.TimeoutError:
            _silent_until = time.monotonic() + AGAIN
            raise
