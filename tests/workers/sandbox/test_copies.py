"""A warm interpreter: what a script computes when it is imported stays, what a call changes goes with it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.workers.services.plans import body, column, plan
from workers.sandbox.door import Call
from workers.sandbox.job import Job, Limits
from workers.sandbox.warm_child import Answered, WarmChild

QUERY = {"details": "true"}


class Caller:
    """Calls one interpreter, one time after the other."""

    def __init__(self, child: WarmChild) -> None:
        self.child = child

    def __call__(self, *values: Any, seconds: float = 20) -> Answered:
        answered = self.child.call(Call(form="classic", query=QUERY), body(*values), seconds, 1 << 20)
        if not self.child.over and self.child.copies:
            self.child.next()
        return answered

    def cell(self, value: Any, name: str = "y") -> str:
        answered = self(value)
        assert answered.said, answered
        assert answered.said.refusal is None, answered
        (cell,) = column(answered.body, name)
        return cell


@contextmanager
def warm(bench, *scripts: str, **limits: int) -> Iterator[Caller]:
    job = Job(verb="serve", args={"plan": plan(*scripts).model_dump(mode="json")}, limits=Limits(**limits))
    with bench.sandbox.warm(job, Path(tempfile.mkdtemp(dir=bench.home))) as child:
        yield Caller(child)


@pytest.fixture(params=["first tier", "second tier"])
def tier(request: pytest.FixtureRequest, bench, second):
    return bench if request.param == "first tier" else second


CHANGES = """
    import os, pathlib, tempfile
    import numpy as np
    count = []
    pathlib.Path("kept.txt").write_text("as imported")
    print("imported")

    def azureml_main(frame):
        here = sorted(os.listdir("."))
        kept = pathlib.Path("kept.txt").read_text()
        seen = f"{count} {kept} {here} {len(os.listdir(tempfile.gettempdir()))} {np.pi:.2f}"
        count.append(1)
        np.pi = 3
        pathlib.Path("left.txt").write_text("left")
        pathlib.Path("kept.txt").write_text("changed")
        os.chmod("kept.txt", 0)
        os.chmod(".", 0o500)
        os.mkdir(tempfile.gettempdir() + "/left")
        os.chmod(tempfile.gettempdir() + "/left", 0)
        frame["y"] = seen
        print("called")
        return frame,
    """


def test_what_a_call_changes_is_gone_with_it(tier):
    with warm(tier, CHANGES) as call:
        assert call.child.copies
        first = call(1)
        assert first.said
        assert (first.said.refusal, first.log) == (None, "called\n"), "what is printed at import is no call's"
        (seen,) = column(first.body, "y")
        assert seen.startswith("[] as imported ['kept.txt']")
        assert [call.cell(2), call.cell(3)] == [seen, seen]


def test_a_copy_that_has_rehearsed_answers_as_any_other(bench):
    with warm(bench, CHANGES) as call:
        plain = call(1)
        call.child.rehearse()
        call.child.rehearse()
        assert call.child.rehearsed
        rehearsed = call(1)
        assert (rehearsed.body, rehearsed.log) == (plain.body, plain.log)
        assert not call.child.rehearsed, "the next copy is a new one"
        assert call(1).body == plain.body


def test_what_is_computed_at_import_stays(bench):
    with warm(
        bench, "import uuid\nonce = str(uuid.uuid4())\ndef azureml_main(f):\n    f['y'] = once\n    return f"
    ) as call:
        assert call.cell(1) == call.cell(2)


def test_a_chain_goes_through_one_process_each_script_in_its_own_folder(bench):
    script = """
        import os
        home, name = os.getcwd(), __name__
        def azureml_main(frame):
            frame["y"] = f'{frame.get("y", frame["x"]).iloc[0]} {os.getpid()} {os.getcwd() == home}'
            return frame
        """
    with warm(bench, script, script) as call:
        value, first, same, second, also = call.cell(7).split()
        assert (value, first, same, also) == ("7", second, "True", "True")


@pytest.mark.parametrize(
    ("at_import", "shared"),
    [
        (
            "import threading, time\nthreading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
            "thread",
        ),
        ("file = open('log.txt', 'a+')", "file"),
        ("import subprocess\nprocess = subprocess.Popen(['sleep', '99'])", "process"),
        (
            "import mmap\nf = open('m', 'w+b')\nf.write(b'0' * 4096)\nf.flush()\n"
            "memory = mmap.mmap(f.fileno(), 4096)\nf.close()",
            "memory",
        ),
    ],
)
def test_what_a_fork_would_share_is_not_shared(bench, at_import: str, shared: str):
    script = f"{at_import}\ndef azureml_main(frame):\n    frame['y'] = 1\n    return frame"
    with warm(bench, script) as call:
        assert not call.child.copies, shared
        assert call.cell(1) == "1"


def test_random_numbers_differ_unless_the_script_seeds_them(bench):
    free = """
import random, numpy as np
def azureml_main(frame):
    frame["y"] = f"{random.random()} {np.random.rand()}"
    return frame
"""
    with warm(bench, free) as call:
        a, b = call.cell(1).split(), call.cell(1).split()
        assert a[0] != b[0]
        assert a[1] != b[1]
    with warm(bench, "import random, numpy as np\nrandom.seed(1); np.random.seed(1)\n" + free) as call:
        assert call.cell(1) == call.cell(1) == "0.13436424411240122 0.417022004702574"


HOSTILE = """
    import os, signal, subprocess, sys, time
    def azureml_main(frame):
        what = frame["x"].iloc[0]
        if what == 1:  # stays behind, deaf, in a session of its own
            for _ in range(3):
                if os.fork() == 0:
                    os.setsid()
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                    while True:
                        time.sleep(1)
        elif what == 2:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
                try:
                    os.kill(os.getppid(), number)
                except PermissionError:
                    pass
        elif what == 3:
            found = []
            for path in (f"/proc/{os.getppid()}/mem", f"/proc/{os.getppid()}/environ"):
                try:
                    found.append(open(path, "r+b" if path.endswith("mem") else "rb"))
                except OSError:
                    pass
            frame["y"] = str(found)
            return frame
        elif what == 4:
            import resource
            try:
                resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (5, 5))
            except PermissionError:
                pass
            try:
                os.sched_setaffinity(os.getppid(), {0})
            except PermissionError:
                pass
        frame["y"] = "well"
        return frame
    """


def test_the_interpreter_is_out_of_a_calls_reach(bench):
    with warm(bench, HOSTILE) as call:
        assert call.cell(1) == "well"
        assert call.cell(2) == "well"
        assert call.cell(3) == "[]"
        assert call.cell(4) == "well"
        assert call.cell(0) == "well"


def test_a_call_that_crashes_ends_alone(bench):
    script = """
        import os, ctypes
        def azureml_main(frame):
            what = frame["x"].iloc[0]
            if what == 1:
                os._exit(3)
            if what == 2:
                ctypes.string_at(0)
            if what == 3:
                raise KeyError("pirce")
            if what == 4:
                import sys
                sys.exit(1)
            frame["y"] = what
            return frame
        """
    with warm(bench, script) as call:
        gone = call(1)
        assert (gone.end, gone.code, gone.said) == ("died", 3, None)
        crashed = call(2)
        assert (crashed.end, crashed.code) == ("died", -11)
        assert "Segmentation fault" in crashed.log
        failed = call(3)
        assert failed.said
        assert failed.said.refusal
        assert (failed.said.refusal.node, failed.said.refusal.line) == ("script1", 10)
        assert "pirce" in failed.said.refusal.message
        assert "Traceback" in failed.log
        left = call(4).said
        assert left
        assert left.refusal
        assert "exit" in left.refusal.message
        assert call.cell(5) == "5", "it still answers"


def test_a_copy_that_was_killed_while_it_waited_is_nobodys_failure(bench):
    script = "import os\ndef azureml_main(f):\n    f['y'] = f['x'] * 2\n    return f"
    with warm(bench, script) as call:
        assert call.cell(1) == "2"
        template = psutil.Process(bench.sandbox.link.process.pid)
        pids = {process.pid for process in template.children(recursive=True)}
        copies = [p for p in map(psutil.Process, pids) if p.ppid() in pids and not p.children()]
        waiting = max(copies, key=lambda process: process.create_time())
        waiting.kill()
        psutil.wait_procs([waiting], 5)
        assert call.cell(3) == "6"


def test_a_fork_bomb_ends_with_its_call(bench):
    script = """
        import os, time
        def azureml_main(frame):
            if frame["x"][0] == 0:
                while True:
                    try:
                        os.fork()
                    except OSError:
                        time.sleep(0.01)
            frame["y"] = frame["x"] * 2
            return frame
        """
    with warm(bench, script, processes=20) as call:
        answered = call(0, seconds=3)
        assert answered.said is None, answered
        assert answered.end in ("limit", "time"), answered
    with warm(bench, script) as call:
        assert call.cell(4) == "8"


@pytest.mark.parametrize("rows", [10, 20_000])
def test_bodies_of_any_size_go_both_ways(bench, rows: int):
    """A large one lies in memory that both ends hold; an answer may be longer than its call."""
    script = "def azureml_main(f):\n    f['y'] = f['x'].astype(str) + '-' * 100\n    return f"
    with warm(bench, script) as call:
        answered = call.child.call(
            Call(form="classic", query=QUERY), body(*range(10**6, 10**6 + rows)), 20, 8 << 20
        )
        assert answered.said, answered
        assert not answered.said.refusal, answered
        assert column(answered.body, "y")[-1] == f"{10**6 + rows - 1}" + "-" * 100
        call.child.next()
        answered = call.child.call(
            Call(form="classic", query=QUERY), body(*range(10**6, 10**6 + rows)), 20, 500
        )
        assert answered.end == "too long"


def test_one_that_loops_or_eats_memory_is_ended(bench):
    script = """
        def azureml_main(frame):
            if frame["x"].iloc[0] == 1:
                while True:
                    pass
            held = [bytearray(1 << 20) for _ in range(5000)]
            return frame
        """
    with warm(bench, script) as call:
        looped = call(1, seconds=0.5)
        assert (looped.end, call.child.over) == ("time", True)
    with warm(bench, script, memory_bytes=256 << 20) as call:
        full = call(2)
        refusal = full.said and full.said.refusal
        assert full.end == "memory" or (refusal and refusal.code == "MemoryQuotaViolation"), full


@pytest.mark.parametrize(
    ("script", "line", "said"),
    [
        ("x = 1\nraise ValueError('at the top')\ndef azureml_main(f): return f", 2, "at the top"),
        ("def azureml_main(f) return f", 1, "expected ':'"),
        ("pass", None, "azureml_main"),
    ],
)
def test_a_script_that_cannot_be_made_ready_says_why(bench, script: str, line: int | None, said: str):
    with warm(bench, script) as call:
        assert call.child.failed
        assert (call.child.failed.node, call.child.failed.line) == ("script1", line)
        assert said in call.child.failed.message


def test_what_a_copy_says_is_not_believed(bench):
    forged = """
        import os, struct
        def azureml_main(frame):
            head = [
                b'{"content_type": "text/html"}',
                b'{"refusal": {"code": "Unauthorized", "message": "x"}}',
                b"[" * 1000,
                b"{}",
            ][frame["x"].iloc[0]]
            apart = frame["x"].iloc[0] == 3  # "the body lies in shared memory", though there is none
            for fd in range(3, 50):
                try:
                    os.write(fd, struct.pack("!IQ?", len(head), 2, apart) + head + b"hi")
                except OSError:
                    pass
            os._exit(0)
        """
    with warm(bench, forged) as call:
        assert [call(n).end for n in range(4)] == ["nonsense"] * 4


def test_an_interpreter_ends_with_its_template(bench):
    with warm(bench, HOSTILE) as call:
        assert call.cell(0) == "well"
        bench.sandbox.link.process.kill()
        bench.sandbox.link.process.wait()
        end = time.monotonic() + 10
        while not call.child.ended_meanwhile() and time.monotonic() < end:
            time.sleep(0.01)
        answered = call(0)
        assert (answered.said, answered.end, call.child.over) == (None, "gone", True)
