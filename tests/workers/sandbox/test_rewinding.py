"""Going back to the last statements of a debugged script, and on from there with other code."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workers.sandbox.conftest import Bench
from tests.workers.sandbox.talking import Talk, debugged

SCRIPT = """\
import random
import pandas as pd

def azureml_main():
    drawn = random.random()
    rows = []
    for i in range(4):
        n = i * 10
        rows.append(n)
    frame = pd.DataFrame({"n": rows})
    frame["m"] = frame["n"] + frame["missing"]
    return frame,
"""
MENDED = SCRIPT.replace('frame["missing"]', "1")


def past(body: dict[str, Any]) -> list[int]:
    return [one["line"] for one in body["past"]]


def back(talk: Talk, body: dict[str, Any], line: int, script: str | None = None) -> dict[str, Any]:
    """Goes back to the last time that this line was to be run; what is said of the stop there."""
    number = next(one["number"] for one in body["past"] if one["line"] == line)
    assert talk.ask("rewind", to=number, script=script)["success"]
    return talk.event("stopped")


def names(body: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["value"] for one in body["scopes"][0]["variables"]}


@pytest.fixture(params=["bench", "second"])
def each(request: pytest.FixtureRequest) -> Bench:
    bench: Bench = request.getfixturevalue(request.param)
    return bench


def test_back_from_a_failure_and_on_with_mended_code(each: Bench) -> None:
    with debugged(each, SCRIPT) as talk:
        failed = talk.event("stopped")
        assert (failed["reason"], failed["stack"][0]["line"]) == ("exception", 11)
        assert past(failed)[:6] == [11, 10, 9, 8, 9, 8]
        assert len(past(failed)) <= 16
        there = back(talk, failed, 8)
        assert (there["reason"], there["stack"][0]["line"]) == ("rewind", 8)
        assert names(there)["i"] == "3"
        assert names(there)["rows"] == "[0, 10, 20]"
        drawn = names(there)["drawn"]
        longer = MENDED.replace("import random\n", "import random\n# one line more\n").replace(
            "i * 10", "i * 7"
        )
        assert talk.ask("rewind", script=longer)["success"]
        edited = talk.event("stopped")
        assert (edited["reason"], edited["stack"][0]["line"]) == ("edited", 9)
        assert [one["name"] for one in edited["stack"]] == ["azureml_main"]
        assert names(edited)["drawn"] == drawn
        talk.ask("next")
        assert talk.stopped()[1] == 10
        assert talk.ask("continue")["success"]
        talk.event("terminated")
        ended = talk.end()
    assert ended.failure is None
    assert set(ended.outputs) == {"result_dataset", "python_device"}


def test_one_can_go_back_again_and_again(bench: Bench) -> None:
    script = "def azureml_main():\n    a = 1\n    b = 2\n    c = 3\n    return None\n"
    with debugged(bench, script, 5) as talk:
        body = talk.event("stopped")
        for _ in range(3):
            assert past(body)[:4] == [5, 4, 3, 2]
            body = back(talk, body, 3)
            assert past(body)[:2] == [3, 2]
            assert "b" not in names(body)
            talk.body("evaluate", expression="a = 99")
            talk.ask("continue")
            body = talk.event("stopped")
            assert names(body)["a"] == "99"
            body = back(talk, body, 2)
            assert "a" not in names(body), "what somebody changed later is taken back"
            talk.ask("continue")
            body = talk.event("stopped")
        gone = talk.ask("rewind", to=1_000_000)
        assert "no longer held" in gone["message"]


def test_an_edit_holds_for_what_was_before_it_too(bench: Bench) -> None:
    script = "def azureml_main():\n    a = 1\n    b = 2\n    print(a + b)\n    return None\n"
    mended = script.replace("a + b", "a * 100")
    with debugged(bench, script, 4) as talk:
        talk.event("stopped")
        assert talk.ask("rewind", script=mended, edit="first")["success"]
        edited = talk.event("stopped")
        assert (edited["reason"], edited["edit"]) == ("edited", "first")
        body = back(talk, edited, 2)
        assert (body["reason"], body["stack"][0]["line"], body["edit"]) == ("rewind", 2, "first")
        assert "a" not in names(body)
        before = next(one["number"] for one in edited["past"] if one["line"] == 1)
        assert talk.ask("rewind", to=before)["success"]
        talk.event("stopped")
        talk.ask("continue")
        assert talk.stopped()[1] == 4
        talk.ask("continue")
        assert talk.end().failure is None
    assert talk.printed == "100\n"


def test_where_an_edit_cannot_hold_the_script_is_as_it_was(bench: Bench) -> None:
    script = "def azureml_main():\n    try:\n        a = 2\n    finally:\n        a = 3\n    return None\n"
    with debugged(bench, script, 6) as talk:
        talk.event("stopped")
        assert talk.ask("rewind", script=script.replace("a = 3", "a = 4"), edit="first")["success"]
        body = back(talk, talk.event("stopped"), 5)
        assert (body["reason"], body["edit"], body["at_statement"]) == ("rewind", "", True)
        assert "before it was edited. A `finally` block cannot be continued" in body["text"]


def test_a_later_failure_has_the_lines_of_the_new_text_and_no_frames_of_ours(bench: Bench) -> None:
    script = (
        "def f(x):\n    y = x + 1\n    return y\n\ndef azureml_main():\n    total = f(1)\n    return total\n"
    )
    worse = script.replace("    y = x + 1\n", "    y = x + 1\n    y = y / 0\n")
    with debugged(bench, script, 2) as talk:
        talk.stopped()
        assert talk.ask("rewind", script=worse)["success"]
        assert talk.stopped()[:2] == ("edited", 2)
        talk.ask("continue")
        body = talk.event("stopped")
        assert (body["reason"], [one["line"] for one in body["stack"]]) == ("exception", [3, 6])
        talk.ask("continue")
        failure = talk.end().failure
    assert failure
    assert failure.line == 3
    assert "debugging" not in failure.traceback
    assert "10000" not in failure.traceback


BLOCKS = """\
class Box:
    def __enter__(self):
        self.log = ["in"]
        return self.log
    def __exit__(self, *_):
        self.log.append("out")

def azureml_main():
    said = []
    with Box() as log:
        for a, b in [(1, 2), (3, 4)]:
            n = 0
            while n < 2:
                n += 1
                try:
                    if n == 2:
                        raise ValueError(n)
                    said.append((a, b, n))
                except ValueError as error:
                    said.append(str(error))
                else:
                    said.append("fine")
                finally:
                    said.append("finally")
            else:
                said.append("after")
    said.append(list(log))
    print(said)
    return None
"""
PLAIN: dict[str, Any] = {}
exec(BLOCKS, PLAIN)


@pytest.mark.parametrize("line", [11, 12, 13, 14, 16, 17, 18, 20, 22, 26, 27, 28])
def test_each_block_goes_on_where_it_was(bench: Bench, line: int, capsys: pytest.CaptureFixture[str]) -> None:
    """With code that does the same, the script says the same, wherever it was continued."""
    PLAIN["azureml_main"]()
    expected = capsys.readouterr().out
    with debugged(bench, BLOCKS, line) as talk:
        talk.event("stopped")
        same = BLOCKS.replace("return None", "return None  # edited")
        said = talk.ask("rewind", script=same)
        assert said["success"], said
        assert talk.stopped()[:2] == ("edited", line)
        talk.body("setBreakpoints", breakpoints=[])
        talk.ask("continue")
        ended = talk.end()
    assert ended.failure is None
    assert talk.printed == expected


def test_what_cannot_be_continued_is_said(bench: Bench) -> None:
    with debugged(bench, BLOCKS, 24, 28) as talk:
        talk.stopped()
        for script, why in (
            (BLOCKS, "A `finally` block cannot be continued"),
            (BLOCKS.replace("    said = []", "    said = ["), "SyntaxError"),
            (BLOCKS.replace("def azureml_main", "def other"), "is in other now"),
        ):
            assert why in talk.ask("rewind", script=script)["message"]
        talk.body("setBreakpoints", breakpoints=[{"file": "script.py", "line": 28}])
        talk.ask("continue")
        body = talk.event("stopped")
        shallow = BLOCKS.replace("        for a, b in [(1, 2), (3, 4)]:", "        if True:")
        number = next(one["number"] for one in body["past"] if one["line"] == 26)
        assert "other loops" in talk.ask("rewind", to=number, script=shallow)["message"]
        assert talk.body("evaluate", expression="1")["value"] == "1", "it is where it was"


def test_generators_methods_and_inner_functions_go_on_too(bench: Bench) -> None:
    script = """\
class Base:
    def start(self):
        return 1
class Own(Base):
    def start(self):
        n = super().start()
        return n + self.more
    more = 5
def count(most):
    for n in range(most):
        yield n
def azureml_main():
    factor = 2
    def inner(x):
        y = x * factor
        return y
    total = sum(count(4)) + inner(3) + Own().start()
    print(total)
    return None
"""
    with debugged(bench, script, 11, 15, 6) as talk:
        for line, edited in (
            (11, script.replace("yield n", "yield n * 100")),
            (15, script.replace("yield n", "yield n * 100").replace("x * factor", "x + factor")),
        ):
            body = talk.event("stopped")
            while body["stack"][0]["line"] != line:
                talk.ask("continue")
                body = talk.event("stopped")
            assert talk.ask("rewind", script=edited)["success"]
            assert talk.stopped()[1] == line
            talk.body("setBreakpoints", breakpoints=[{"file": "script.py", "line": n} for n in (15, 6)])
            talk.ask("continue")
        assert talk.stopped()[1] == 6
        assert talk.ask("rewind", script=edited.replace("n + self.more", "n + 1000"))["success"]
        assert talk.stopped()[1] == 6
        talk.body("setBreakpoints", breakpoints=[])
        talk.ask("continue")
        assert talk.end().failure is None
    assert talk.printed == f"{(0 + 1 + 2 + 3) * 100 + 5 + 1001}\n"


def test_forks_leave_the_script_its_memory(bench: Bench) -> None:
    """Each statement changes all pages of an array: sixteen forks would need sixteen times as much."""
    script = (
        "import numpy as np\ndef azureml_main():\n    held = np.ones(12_000_000)\n" + "    held += 1\n" * 18
    )
    with debugged(bench, script + "    print(held[0])\n", 22, memory=700 << 20) as talk:
        body = talk.event("stopped")
        assert 0 < len(body["past"]) < 16
        assert back(talk, body, past(body)[-1])["reason"] == "rewind"
        talk.ask("continue")
        talk.event("stopped")
        talk.ask("continue")
        assert talk.end().failure is None
    assert talk.printed == "19.0\n"


def test_going_back_many_times_leaves_no_processes(each: Bench) -> None:
    script = "import os\ndef azureml_main():\n    a = 1\n    b = 2\n    return None\n"
    with debugged(each, script, 4) as talk:
        body = talk.event("stopped")
        for _ in range(12):
            body = back(talk, body, 3)
        assert len(body["past"]) <= 16
        talk.ask("continue")
        talk.event("stopped")
        talk.ask("continue")
        ended = talk.end()
    assert ended.failure is None


HOSTILE = {
    "tells the first process of another head": "os.write(fd, b'1\\n'); os.write(fd, b'99999\\n')",
    "wakes what waits with other words": "os.write(fd, b'{}\\n')",
    "closes what leads to them": "os.close(fd)",
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_a_script_that_meddles_with_its_forks_hurts_itself_alone(bench: Bench, line: str) -> None:
    script = (
        "import os, stat\ndef azureml_main():\n    a = 1\n    b = 2\n"
        "    for fd in range(3, 64):\n        try:\n"
        f"            if stat.S_ISFIFO(os.fstat(fd).st_mode): {line}\n"
        "        except OSError: pass\n    c = 3\n"
    )
    with debugged(bench, script, uncaught=False, seconds=4) as talk:
        talk.end()
    assert bench.prints("print(7)") == "7"


def test_a_crash_is_told_as_without_a_debugger(bench: Bench) -> None:
    script = "import os, signal\ndef azureml_main():\n    os.kill(os.getpid(), signal.SIGSEGV)\n"
    with debugged(bench, script) as talk:
        failure = talk.end().failure
    assert failure
    assert "crashed (SIGSEGV" in failure.message


def test_what_other_programs_print_is_passed_on_after_going_back(bench: Bench) -> None:
    """More than a pipe holds: the script would wait for ever if nobody read it."""
    script = "import os\ndef azureml_main():\n    a = 1\n    os.write(1, b'x' * 200_000)\n    return None\n"
    with debugged(bench, script, 4) as talk:
        body = talk.event("stopped")
        assert not any(one["threads"] for one in body["past"])
        back(talk, body, 3)
        talk.ask("continue")
        talk.event("stopped")
        talk.ask("continue")
        assert talk.end().failure is None
    assert talk.printed.count("x") == 200_000


def test_forks_leave_the_script_its_processes(bench: Bench) -> None:
    steps = "".join(f"    a{n} = {n}\n" for n in range(18))
    script = (
        f"import os\ndef azureml_main():\n{steps}    print(os.popen('echo hi').read())\n    return None\n"
    )
    with debugged(bench, script, 21, processes=20) as talk:
        assert len(talk.event("stopped")["past"]) == 5
        talk.ask("continue")
        assert talk.end().failure is None
    assert "hi" in talk.printed
