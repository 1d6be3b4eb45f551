"""A script in the debugger: where it stops, what is shown, what goes on; and scripts that fight it."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.workers.sandbox.conftest import Bench
from tests.workers.sandbox.talking import debugged
from workers.sandbox.job import Input, Job

SCRIPT = """\
import pandas as pd

def twice(x):
    y = x * 2
    return y

def azureml_main():
    total = 0
    for i in range(4):
        total = twice(total) + i

    frame = pd.DataFrame({"n": range(1000), "t": ["<b>", None] * 500})
    return frame,
"""


def test_breakpoints_steps_and_values(bench: Bench) -> None:
    moved = {"file": "script.py", "line": 11}
    condition = {"file": "script.py", "line": 10, "condition": "i == 2"}
    nowhere = {"file": "script.py", "line": 99}
    broken = {"file": "script.py", "line": 8, "condition": "i ="}
    with debugged(bench, SCRIPT, condition, moved, nowhere, broken) as talk:
        marks = talk.event("initialized")["breakpoints"]
        assert [(one["line"], one["verified"]) for one in marks] == [
            (10, True),
            (12, True),
            (99, False),
            (8, False),
        ]
        assert marks[2]["message"] == "No code follows in this file."
        assert "no expression of Python" in marks[3]["message"]
        assert talk.stopped() == ("breakpoint", 10, {"total": "1", "i": "2"})
        talk.ask("stepIn")
        assert talk.stopped() == ("step", 4, {"x": "1"})
        talk.ask("next")
        assert talk.stopped() == ("step", 5, {"x": "1", "y": "2"})
        assert talk.body("evaluate", expression="y = 50; y + x")["value"] == "51"
        talk.ask("stepOut")
        assert talk.stopped() == ("step", 9, {"total": "52", "i": "2"})
        talk.body("setBreakpoints", breakpoints=[])
        talk.ask("runTo", file="script.py", line=13)
        reason, line, names = talk.stopped()
        assert (reason, line, names["frame"]) == ("goto", 13, "1,000 × 2")
        (frame,) = [one for one in talk.body("scopes")["scopes"][0]["variables"] if one["name"] == "frame"]
        assert frame["table"]
        page = talk.body("table", reference=frame["reference"], offset=998, limit=50)
        assert (page["total"], page["rows"]) == (1000, [["998", "<b>"], ["999", None]])
        assert [one["name"] for one in talk.body("variables", reference=frame["reference"])["variables"]] == [
            "n",
            "t",
        ]
        talk.ask("continue")
        talk.event("terminated")
        ended = talk.end()
    assert ended.failure is None
    assert list(ended.outputs) == ["result_dataset", "python_device"]


def test_a_loop_without_an_end_and_a_long_sleep_are_paused(bench: Bench) -> None:
    script = "import time\ndef azureml_main():\n    n = 0\n    while n >= 0: n += 1\n    time.sleep(600)\n"
    with debugged(bench, script) as talk:
        talk.event("initialized")
        assert "pause it first" in talk.ask("scopes")["message"]
        line, names = 0, {"n": "0"}
        while line != 4 or names["n"] == "0":  # the first order may come before the loop goes round
            talk.send("continue")
            time.sleep(0.2)
            began = time.monotonic()
            talk.ask("pause")
            reason, line, names = talk.stopped()
            assert time.monotonic() - began < 1
        assert reason == "pause"
        talk.body("evaluate", expression="n = -5")
        talk.ask("runTo", file="script.py", line=5)
        assert talk.stopped()[1] == 5
        talk.ask("continue")
        time.sleep(0.1)
        began = time.monotonic()
        talk.ask("pause")
        assert talk.stopped()[:2] == ("pause", 5)
        assert time.monotonic() - began < 1


def test_it_stops_where_it_fails_and_at_breakpoint(bench: Bench) -> None:
    script = "def azureml_main():\n    price = {'Price': 1}\n    breakpoint()\n    price['Pirce']\n"
    with debugged(bench, script) as talk:
        assert talk.stopped()[:2] == ("breakpoint()", 3)
        talk.ask("continue")
        body = talk.event("stopped")
        assert (body["reason"], body["text"], body["stack"][0]["line"]) == (
            "exception",
            "KeyError: 'Pirce'",
            4,
        )
        assert talk.body("evaluate", expression="list(price)")["value"] == "['Price']"
        talk.ask("continue")
        failure = talk.end().failure
    assert failure
    assert failure.line == 4


def _bundle(bench: Bench, folder: Path, files: dict[str, str]) -> Input:
    with zipfile.ZipFile(folder / "b.zip", "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    job = Job(verb="import", args={"type": "zip", "name": "b.zip"}, file=str(folder / "b.zip"))
    return bench.run(job).inputs("dataset")


def test_a_breakpoint_in_the_zip(bench: Bench, tmp_path: Path) -> None:
    script = "import hello\ndef azureml_main():\n    return hello.f(3)\n"
    bundle = _bundle(
        bench,
        tmp_path,
        {"hello.py": "import pandas\n\ndef f(n):\n    m = n + 1\n    return pandas.DataFrame()\n"},
    )
    mark = {"file": "Script Bundle/hello.py", "line": 4}
    gone = {"file": "Script Bundle/../../etc/passwd", "line": 1}
    with debugged(bench, script, mark, gone, inputs={"script_bundle": bundle}) as talk:
        first = talk.event("initialized")["breakpoints"]
        assert [one["verified"] for one in first] == [False, False]
        assert "not unpacked yet" in first[0]["message"]
        assert talk.event("breakpoint")["verified"]
        body = talk.event("stopped")
        assert [(one["file"], one["line"]) for one in body["stack"]] == [
            ("Script Bundle/hello.py", 4),
            ("script.py", 3),
        ]
        assert "m" not in {one["name"] for one in body["scopes"][0]["variables"]}


HOSTILE = """\
class Loops:
    def __repr__(self):
        while True:
            try:
                while True: pass
            except Exception: pass
class Prints:
    def __repr__(self):
        for _ in range(10 ** 6): print("x" * 1000)
        return "y" * 10 ** 7
class Lies(dict):
    def __len__(self): return 10 ** 9
    def items(self): return iter(lambda: (1, 2), None)
class Half:
    def __repr__(self): return "\\ud800"
def azureml_main():
    loops, lies, half, prints = Loops(), Lies(a=1), Half(), Prints()
    deep = []
    deep.append(deep)
    return None
"""


def test_objects_that_fight_being_shown(bench: Bench) -> None:
    with debugged(bench, HOSTILE, 20) as talk:
        began = time.monotonic()
        _, _, names = talk.stopped()
        assert time.monotonic() - began < 10
        assert names["loops"] == "<Loops: takes too long to show>"
        assert names["deep"] == "[[...]]" or names["deep"].startswith("[[")
        assert len(names["prints"]) < 400
        lies = next(one for one in talk.body("scopes")["scopes"][0]["variables"] if one["name"] == "lies")
        assert len(talk.body("variables", reference=lies["reference"])["variables"]) <= 300
        seq = talk.send("evaluate", expression="while True: pass")
        time.sleep(0.2)
        assert "being evaluated" in talk.ask("scopes")["message"]
        talk.ask("interrupt")
        assert talk.response(seq)["message"] == "Interrupted."
        assert "only a name" in talk.ask("evaluate", expression="exit()", context="hover")["message"].lower()
        assert talk.ask("evaluate", expression="exit(3)")["message"] == "SystemExit: 3"
        talk.ask("continue")
        talk.event("terminated")


def test_processes_that_the_script_starts_are_not_debugged(bench: Bench) -> None:
    script = (
        "import os\ndef work():\n    return 7\ndef azureml_main():\n    pid = os.fork()\n    if not pid:\n"
        "        os._exit(work())\n    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
    )
    with debugged(bench, script, 3) as talk:
        talk.event("terminated")


@pytest.mark.parametrize("forged", [b"{}", b"[1]", b"\xff" * 20, b'{"type": "event", "event": "evil"}'])
def test_what_the_script_forges_is_no_message(forged: bytes) -> None:
    from studio.live.dialogues import read_said

    assert read_said(forged) is None


def test_nothing_is_traced_where_nobody_debugs(bench: Bench) -> None:
    ran: Any = bench.script(
        "import sys\ndef azureml_main():\n    print(sys.gettrace(), 'modules.debugging' in sys.modules)"
    )
    assert ran.stdout == "None False\n"


def test_breakpoint_passes_where_nobody_debugs(bench: Bench) -> None:
    script = "def azureml_main():\n    for _ in range(3):\n        breakpoint()\n    print('went on')\n"
    ran = bench.script(script)
    assert ran.outcome.failure is None
    assert ran.stdout == "went on\n"
    assert ran.stderr == "script.py, line 3: breakpoint() stops only in the debugger.\n"
