"""A child that stays with a table and answers one question after the other."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from modules.messages import LENGTH
from studio.artifacts.models import Artifact
from workers.looks.reader_pool import FROM_ROWS, Readers
from workers.sandbox import questions
from workers.sandbox.answer import Answer
from workers.sandbox.job import Input, Job


@pytest.fixture(scope="module")
def table(bench) -> Input:
    ran = bench.script(
        f"import pandas\ndef azureml_main():\n    return pandas.DataFrame({{'n': range({FROM_ROWS})}})"
    )
    assert ran.outcome.failure is None, ran.stderr
    return ran.inputs()


@pytest.fixture
def door(bench, table: Input) -> Iterator[socket.socket]:
    ours, theirs = socket.socketpair()
    job = Job(verb="read", inputs={"table": table})
    drafts = Path(tempfile.mkdtemp(dir=bench.home))
    thread = threading.Thread(target=lambda: bench.sandbox.run(job, drafts, channels={"questions": theirs}))
    thread.start()
    with ours:
        yield ours
    theirs.close()
    thread.join(10)
    assert not thread.is_alive(), "the child goes when nobody is left to ask"


def page(door: socket.socket, **args: object) -> Answer:
    answer = questions.ask(door, "page", {"limit": 2, **args})
    assert answer is not None
    return answer


def test_one_question_after_the_other(door: socket.socket):
    assert page(door).data["rows"] == [[0], [1]]
    assert page(door, sort="-n").data["rows"] == [[FROM_ROWS - 1], [FROM_ROWS - 2]]
    deep = page(door, sort="-n", offset=FROM_ROWS - 1)
    assert deep.data == {"columns": [{"name": "n", "type": "integer"}], "rows": [[0]], "total": FROM_ROWS}
    some = [{"column": "n", "op": "lt", "value": 3}]
    summary = questions.ask(door, "summary", {"filter": some})
    assert summary
    assert [(each["count"], each["max"]) for each in summary.data["columns"]] == [(3, 2)]
    chart = questions.ask(door, "chart", {"kind": "histogram", "x": "n", "bins": 2})
    assert chart
    assert chart.data["counts"] == [FROM_ROWS // 2] * 2


def test_a_question_that_fails_is_no_end(door: socket.socket):
    failure = page(door, sort="nothing").failure
    assert failure
    assert failure.message == "there is no column 'nothing' in this table"
    assert page(door, filter=[{"column": "n", "op": "gt", "value": 7}]).data["rows"] == [[8], [9]]


def test_nonsense_from_the_child_is_no_answer():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(LENGTH.pack(4) + b'{"x"')
        assert questions.ask(ours, "page", {}) is None
        theirs.sendall(LENGTH.pack(1 << 40))
        assert questions.ask(ours, "page", {}) is None


@pytest.mark.parametrize(
    ("verb", "rows", "columns", "stays"),
    [
        ("page", FROM_ROWS, 3, True),
        ("chart", FROM_ROWS, 3, True),
        ("summary", FROM_ROWS, 3, True),
        ("export", FROM_ROWS, 3, False),
        ("page", FROM_ROWS - 1, 3, False),
        ("page", FROM_ROWS, 5000, False),
    ],
)
def test_readers_are_for_scrolling_in_large_tables(bench, verb: str, rows: int, columns: int, stays: bool):
    table = Artifact(type="table", manifest={"rows": rows, "columns": [{}] * columns})
    assert Readers(bench.sandbox).take_in(table, verb) is stays


def test_readers_stay_until_others_are_asked(bench, table: Input, settings, tmp_path: Path):
    settings.STUDIO_HOME = tmp_path
    readers = Readers(bench.sandbox)
    first = readers.ask("a", table, "page", {"limit": 1})
    assert first
    assert first.data["rows"] == [[0]]
    reader = readers._readers["a"]
    assert readers.ask("a", table, "page", {"limit": 1}) == first
    assert readers._readers["a"] is reader
    for other in ("b", "c"):
        assert readers.ask(other, table, "page", {"limit": 1})
    assert reader.ended
    assert list(readers._readers) == ["b", "c"]
    with readers._readers["c"].busy:
        assert readers.ask("c", table, "page", {"limit": 1}) is None
    for left in readers._readers.values():
        left.end()
