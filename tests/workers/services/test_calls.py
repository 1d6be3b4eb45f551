"""Calls go to whichever interpreter is free, and each gets its own answer, or is told why it has none."""

from __future__ import annotations

import asyncio
import time

import pytest

from studio.redis_client import connection
from studio.services import calling, generation
from studio.services.call_wire import CallHead, ReplyHead, call_key, calls_of, pack
from studio.services.calling import CallReply
from tests.workers.services.conftest import wait_until
from tests.workers.services.plans import body, column, plan
from workers.sandbox.job import Limits

DOUBLES = """
    import time
    def azureml_main(frame):
        if frame["x"].iloc[0] < 0:
            time.sleep(-frame["x"].iloc[0])
        frame["y"] = frame["x"] * 2
        print("doubled")
        return frame
    """
QUERY = {"details": "true"}


@pytest.fixture(scope="module")
def doubles(services) -> str:
    return services.publish(plan(DOUBLES), memory_bytes=1 << 30)


def test_one_row_through_one_script(services, doubles: str):
    reply = services.call(doubles, 21)
    assert (reply.status, reply.content_type, reply.log) == (200, "application/json", "doubled\n")
    assert column(reply.body, "y") == ["42"]
    assert {"reading", "running", "writing", "total"} == reply.timings.keys()


def test_a_call_that_does_not_fit_is_refused_before_anything_runs(services, doubles: str):
    reply = services.call(doubles, "1.5")
    assert reply.error
    assert (reply.status, reply.log) == (400, "")
    assert "x" in reply.error.message


async def call_all(version: str, numbers: range, concurrency: int) -> list[CallReply]:
    calls = (
        calling.call(version, "classic", body(n), QUERY, timeout=60, concurrency=concurrency) for n in numbers
    )
    return await asyncio.gather(*calls)


def test_many_at_once_are_answered_each_with_its_own(services, doubles: str):
    replies = asyncio.run(call_all(doubles, range(200), 60))
    answered = {n: reply for n, reply in enumerate(replies) if reply.error is None}
    assert len(answered) >= 60
    assert all(column(reply.body, "y") == [str(2 * n)] for n, reply in answered.items())
    refused = [reply for reply in replies if reply.error]
    assert {(r.status, r.error and r.error.code, r.retry_after) for r in refused} == {
        (503, "RequestThrottled", 1)
    }


def test_a_call_that_takes_too_long_is_ended_and_the_next_goes_well(services, doubles: str):
    start = time.monotonic()
    reply = services.call(doubles, -30, timeout=1)
    assert reply.error
    assert (reply.status, reply.error.code) == (408, "RequestTimeout")
    assert time.monotonic() - start < 15
    assert services.cells(doubles, 4) == ["8"]


def test_a_long_call_is_no_lost_one(services, doubles: str):
    assert services.cells(doubles, -4) == ["-8"]


def test_what_cannot_be_made_ready_says_so_to_each_call(services):
    version = services.publish(plan("x = 1\nimport nothing_of_that_name\ndef azureml_main(f): return f"))
    for _ in range(2):
        reply = services.call(version, 1)
        assert reply.error
        assert (reply.status, reply.error.node, reply.error.line) == (400, "script1", 2)
        assert "nothing_of_that_name" in reply.error.message
    gone = services.call("nosuchversion00", 1)
    assert gone.status == 404


def test_nothing_of_one_service_reaches_another(services):
    script = """
        import os, pathlib, builtins
        builtins.secret = getattr(builtins, "secret", "") + "me"
        pathlib.Path("/tmp/secret.txt").write_text("secret")
        def azureml_main(frame):
            frame["y"] = f"{builtins.secret} {sorted(os.listdir('/tmp'))} {len(os.listdir('/proc'))}"
            return frame
        """
    one, other = services.publish(plan(script)), services.publish(plan(script.replace("secret.txt", "x.txt")))
    (mine,), (theirs,) = services.cells(one, 1), services.cells(other, 1)
    assert "secret.txt" in mine
    assert "secret.txt" not in theirs
    assert theirs.startswith("me ")


def test_a_call_that_nobody_waits_for_any_more_is_never_run(services):
    version = services.publish(plan(DOUBLES))
    connection().rpush(calls_of(version), "goneandforgotten")
    assert services.cells(version, 5) == ["10"]


def test_garbage_in_redis_answers_nobody(services, doubles: str):
    connection().set(call_key("garbage00000"), b"\0\0\0\5{x}", ex=20)
    connection().rpush(calls_of(doubles), "garbage00000")
    head = CallHead(
        id="anothersname", form="classic", seconds=5, most=9, reply="studio:service:answers:aaaaaaaaaaaa"
    )
    connection().set(call_key("notthatname0"), pack(head, b""), ex=20)
    connection().rpush(calls_of(doubles), "notthatname0")
    assert services.cells(doubles, 6) == ["12"]

    async def hear_another() -> CallReply:
        reader = calling._reader()
        for id in ("nobodys", "garbled"):
            connection().rpush(reader.list, pack(ReplyHead(id=id), b"theirs"))
        connection().rpush(reader.list, b"\xff\xff")
        return await calling.call(doubles, "classic", body(7), QUERY)

    assert column(asyncio.run(hear_another()).body, "y") == ["14"]


def test_it_grows_where_calls_wait_and_begins_anew_where_its_limits_change(services):
    version = services.publish(plan(DOUBLES))
    replies = asyncio.run(call_all(version, range(-1, 0), 9)) + asyncio.run(call_all(version, range(40), 60))
    assert all(reply.error is None for reply in replies), replies
    assert len(services.group(version).servers) > 1
    before = services.group(version)
    services.limits[version] = Limits(memory_bytes=1 << 30)
    connection().incr(generation.NAME)
    wait_until(lambda: services.group(version) is not before)
    assert services.cells(version, 8) == ["16"]


def test_a_call_that_was_let_in_before_a_change_is_not_made(services, doubles: str):
    async def ask(seen: int) -> CallReply:
        return await calling.call(doubles, "classic", body(3), QUERY, 20, 20, seen)

    before = generation.current()
    assert before is not None
    assert column(asyncio.run(ask(before)).body, "y") == ["6"]
    connection().incr(generation.NAME)
    with pytest.raises(generation.Changed):
        asyncio.run(ask(before))
    assert connection().llen(calls_of(doubles)) == 0
    assert column(asyncio.run(ask(before + 1)).body, "y") == ["6"]


def test_a_copy_rehearses_once_nobody_calls_for_a_moment(services):
    version = services.publish(plan(DOUBLES))
    assert services.cells(version, 1) == ["2"]
    wait_until(lambda: [s for s in services.group(version).servers if s.child and s.child.rehearsed])
    assert services.cells(version, 2) == ["4"]


def test_a_service_asleep_wakes_at_once(services):
    version = services.publish(plan(DOUBLES))
    services.cells(version, 1)
    services.workers[0].drop(version)
    wait_until(lambda: services.group(version) is None)
    assert services.cells(version, 1) == ["2"]
    assert services.group(version) is not None
