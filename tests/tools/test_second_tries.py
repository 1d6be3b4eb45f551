"""What the end of `make test` says of tests that failed at first."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.failures import PAGE
from tests.server import ROOT
from tools import test as suite
from tools.second_tries import Try, told, tries

PAGES = f"""
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    report.sections.append(("{PAGE}", "a button"))
    return report
"""
BROKEN = """
import pytest

def test_good():
    pass

def test_bad():
    wanted = 5
    assert 2 + 2 == wanted

@pytest.fixture
def nothing():
    raise OSError("no disk")

def test_unprepared(nothing):
    pass
"""


def session(folder: Path, source: str) -> list[Try]:
    """What a session of pytest writes down of this file's tests."""
    (folder / "test_it.py").write_text(source)
    (folder / "conftest.py").write_text(PAGES)
    (folder / "pytest.ini").write_text("[pytest]")
    plugins = ["-p", "tests.failures", "-p", "no:django", "-p", "no:schemathesis"]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, "--failures", "failed.json", "test_it.py"]
    subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, check=False
    )
    return tries(folder / "failed.json")


def test_a_failure_is_written_down_with_its_message_its_trace_and_the_page(tmp_path: Path) -> None:
    bad, unprepared = session(tmp_path, BROKEN)
    assert (bad.test, bad.when, bad.page) == ("test_it.py::test_bad", "call", "a button")
    assert bad.message.startswith("assert (2 + 2) == 5")
    assert any("wanted = 5" in line for line in bad.trace)
    assert bad.trace[-1].startswith("test_it.py:")
    assert (unprepared.when, unprepared.message) == ("setup", "OSError: no disk")


def test_a_file_that_cannot_be_read_in_is_a_failure(tmp_path: Path) -> None:
    (broken,) = session(tmp_path, "import not_there")
    assert "not_there" in broken.message


ONE = Try(
    "tests/e2e/test_a.py::test_b", "call", "TimeoutError: 15000ms", ["user.py:56: in draw_wire"], "a page"
)


def test_each_test_that_needed_a_second_try_is_named_with_what_failed_first() -> None:
    said = told([ONE], [])
    assert said.startswith(
        "1 test needed a second try:\n\n  tests/e2e/test_a.py::test_b (call): passed then\n"
    )
    for part in (ONE.message, *ONE.trace, ONE.page):
        assert f"    | {part}" in said
    assert "failed again" in told([ONE], [ONE.test])
    assert told([], []) == "No test needed a second try."


@pytest.mark.parametrize(
    ("fails", "arguments", "code"),
    [(0, [], 0), (1, [], 0), (2, [], 1), (0, ["--strict"], 0), (1, ["--strict"], 1), (2, ["--strict"], 1)],
)
def test_strict_fails_on_any_second_try(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    fails: int,
    arguments: list[str],
    code: int,
) -> None:
    """`fails`: how often one journey fails before it passes."""
    left = [fails]

    def pytest_(given: list[str], output: int | None = None) -> int:
        failed = "tests/e2e" in given and left[0] > 0
        left[0] -= failed
        file = Path(given[given.index("--failures") + 1])
        file.write_text(json.dumps([vars(ONE)] if failed else []))
        return int(failed)

    monkeypatch.setattr(suite, "_pytest", pytest_)
    monkeypatch.setattr(suite, "npm", lambda *_, **__: 0)
    assert suite.main(arguments) == code
    assert ("TimeoutError: 15000ms" in capfd.readouterr().out) == (fails > 0)
