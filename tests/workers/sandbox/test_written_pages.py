"""What a copy writes is known to the next one, which takes those pages before its call comes."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

from tests.workers.sandbox.test_copies import CHANGES, warm
from workers.sandbox import written_pages

FORKS = """
import os, resource, signal
import numpy as np
from workers.sandbox import written_pages

held = [[number] for number in range(100_000)]
found = []

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def of_a_call(learn=False):
    told, tell = os.pipe()
    copy = os.fork()
    if copy == 0:
        written_pages.take(found)
        before = faults()
        kept = held[::50]  # each one's count of references is written
        os.write(tell, b"%d" % (faults() - before))
        signal.pause()
    said = int(os.read(told, 99))
    learned = written_pages.learn(copy) if learn else None
    os.kill(copy, signal.SIGKILL)
    os.waitpid(copy, 0)
    return learned if learn else said

before = of_a_call()
found = of_a_call(learn=True)
print(before, of_a_call(), sum(found[1::2]) >> 12, len(written_pages.learn(1 << 22)))
written_pages.MOST = 10
print(len(of_a_call(learn=True)))
"""


def test_a_copy_takes_the_pages_that_another_has_written_ahead_of_its_call():
    asked = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=True)
    before, after, learned, of_nobody, of_one_that_writes_much = map(int, asked.stdout.split())
    assert after < 0.2 * before, (before, after)
    assert before <= learned < 2 * before, "no more than it has written"
    assert (of_nobody, of_one_that_writes_much) == (0, 0)


def test_an_interpreter_learns_from_its_first_calls_and_gives_the_memory_back(bench):
    with warm(bench, CHANGES) as call:
        first = call(1)
        call(1)
        assert own_memory(bench) > 4 << 20, "it is there before the call"
        assert call(1).body == first.body
        call.child.next(resting=True)
        assert own_memory(bench) < 4 << 20
        assert call(1).body == first.body


def own_memory(bench) -> int:
    """Bytes that the copy that waits has for itself, once it has settled."""
    template = psutil.Process(bench.sandbox.link.process.pid)
    copy = max(template.children(recursive=True), key=lambda process: process.create_time())
    while copy.status() != psutil.STATUS_SLEEPING:
        time.sleep(0.005)
    return copy.memory_full_info().uss


HOSTILE = """
    import os, signal, threading, time
    def azureml_main(frame):
        if os.fork() == 0:  # stops whatever comes after it
            while True:
                for pid in os.listdir("/proc"):
                    if pid.isdigit() and int(pid) > os.getpid():
                        os.kill(int(pid), signal.SIGSTOP)
        frame["y"] = 7
        return frame
    """


def test_a_script_that_stops_who_looks_holds_up_its_own_interpreter_for_a_moment_only(bench):
    with warm(bench, HOSTILE) as call:
        began = time.monotonic()
        assert [call.cell(number) for number in range(5)] == ["7"] * 5
        assert time.monotonic() - began < 3 * written_pages.SECONDS + 5
