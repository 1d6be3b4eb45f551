"""Whatever dies under a call: it is answered right, or told, and never with another's answer."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psutil
import pytest

from studio.redis_client import connection
from studio.services.call_wire import call_key, calls_of, warm_mark
from tests.workers.services.conftest import wait_until
from tests.workers.services.plans import column, plan

SCRIPT = """
    import time
    def azureml_main(frame):
        time.sleep(0.01)
        frame["y"] = frame["x"] * 2
        return frame
    """


def test_a_call_whose_worker_was_killed_as_it_took_it_goes_to_the_next(services):
    """That one has taken the call's name from the list, and not yet the call itself."""
    version = services.publish(plan(SCRIPT), memory_bytes=1 << 30)
    with ThreadPoolExecutor(2) as pool:
        taken = pool.submit(connection().blpop, [calls_of(version)], 10)
        time.sleep(0.2)
        reply = pool.submit(services.call, version, 21, timeout=15)
        assert taken.result() is not None
        assert column(reply.result(20).body, "y") == ["42"]


def test_a_call_whose_worker_was_killed_is_told_so(services):
    """Who takes it here is as silent as one that was killed."""
    version = "versionofnobody"

    def take() -> None:
        found = connection().blpop([calls_of(version)], timeout=5)
        assert found
        connection().getdel(call_key(found[1].decode()))

    version = f"{version}{random.randrange(1 << 30)}"
    connection().set(f"studio:service:warm:{version}", 1, ex=20)
    thread = threading.Thread(target=take)
    thread.start()
    reply = services.call(version, 1, timeout=60)
    thread.join()
    assert reply.error
    assert (reply.status, reply.error.code, reply.retry_after) == (503, "ServiceUnavailable", 1)


def test_a_worker_that_stops_hands_its_calls_to_others_or_says_so(services):
    version = services.publish(plan(SCRIPT.replace("0.01", "0.01 if frame.x[0] else 30")))
    services.cells(version, 1)
    second = services.worker()
    second.warm_up(version)
    wait_until(lambda: second.groups[version]._ready)
    first = services.group(version)
    services.workers[0].drop(version)
    wait_until(lambda: not first.servers)
    connection().set(warm_mark(version), 1, ex=20)  # so that no call wakes the first worker again
    assert services.cells(version, 3) == ["6"]
    wait_until(lambda: not second.busy())  # a reply is there a moment before its call is forgotten
    with ThreadPoolExecutor() as pool:
        caught = pool.submit(services.call, version, 0)
        wait_until(second.busy)
        second.stop()
        reply = caught.result()
    assert (reply.status, reply.retry_after) == (503, 1)
    assert services.cells(version, 4) == ["8"]


def test_a_call_under_way_is_not_lost_if_its_version_is_changed_meanwhile(services):
    """Setting a limit, say, ends the interpreters of a version; the one that answers a call goes on until it
    has."""
    version = services.publish(plan(SCRIPT.replace("0.01", "0.01 if frame.x[0] else 5")))
    services.cells(version, 1)
    with ThreadPoolExecutor() as pool:
        caught = pool.submit(services.call, version, 0, timeout=30)
        wait_until(lambda: services.group(version).busy)
        services.workers[0].drop(version)
        reply = caught.result()
    assert reply.error is None, reply
    assert column(reply.body, "y") == ["0"]


@pytest.mark.parametrize("seconds", [4])
def test_random_kills_under_load(services, seconds: float):
    version = services.publish(plan(SCRIPT))
    services.cells(version, 1)
    template = psutil.Process(services.sandbox.link.process.pid)
    end = time.monotonic() + seconds
    wrong, ends = [], {200: 0}

    def call(number: int) -> None:
        while time.monotonic() < end:
            reply = services.call(version, number)
            ends[reply.status] = ends.get(reply.status, 0) + 1
            if reply.error is None and column(reply.body, "y") != [str(2 * number)]:
                wrong.append((number, reply))

    def kill() -> None:
        while time.monotonic() < end:
            time.sleep(0.15)
            with suppress(psutil.Error):
                found = [p for p in template.children(recursive=True) if p.parent() != template]
                if found:
                    random.choice(found).kill()

    with ThreadPoolExecutor(7) as pool:
        futures = [pool.submit(call, number) for number in range(6)] + [pool.submit(kill)]
        for future in futures:
            future.result()
    assert wrong == []
    assert ends[200] > 0
    assert set(ends) <= {200, 400, 503}, ends
    assert services.cells(version, 9) == ["18"]
