"""What a child prints on its way to the database and the browsers: live, bounded, and nothing lost."""

from __future__ import annotations

import time

import pytest
from django.db import OperationalError

from studio.runs import logs as kept
from tests.builders import chain
from tests.studio.test_recorder import node, started
from workers.engine.log_buffer import LogBuffer, flusher
from workers.sandbox.logs import WINDOW, Log, Piece

HALF = 1000


class Paper:
    """Stands where the database is; `wrong` are the errors of the next writes."""

    def __init__(self, *wrong: Exception) -> None:
        self.wrong, self.pieces, self.replaced = list(wrong), [], None

    def write(self, pieces):
        if self.wrong:
            raise self.wrong.pop()
        self.pieces += pieces

    def replace(self, pieces):
        self.replaced = pieces

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def buffered(most: int, paper: Paper) -> LogBuffer:
    buffer = LogBuffer(most)
    buffer.lead_to(paper)
    return buffer


def test_what_is_printed_before_the_node_is_claimed_waits():
    paper, buffer = Paper(), LogBuffer(2 * HALF)
    buffer.log.add("stdout", b"early\n")
    buffer.flush()
    assert not flusher._dirty
    buffer.lead_to(paper)
    deadline = time.monotonic() + 5
    while not paper.pieces and time.monotonic() < deadline:
        time.sleep(0.02)
    assert paper.pieces == [Piece("stdout", "early\n")]


def test_a_write_that_fails_loses_nothing():
    paper = Paper(OperationalError("the database is away"))
    buffer = buffered(2 * HALF, paper)
    buffer.log.add("stdout", b"one\n")
    with pytest.raises(OperationalError):
        buffer.flush()
    buffer.log.add("stdout", b"two\n")
    assert buffer.finish() == [Piece("stdout", "one\ntwo\n")]
    assert paper.text == "one\ntwo\n"


def test_the_database_comes_back_and_the_live_view_goes_on():
    paper = Paper(OperationalError("away"), OperationalError("still away"))
    buffered(2 * HALF, paper).log.add("stderr", b"careful\n")
    deadline = time.monotonic() + 5
    while not paper.pieces and time.monotonic() < deadline:
        time.sleep(0.02)
    assert paper.pieces == [Piece("stderr", "careful\n")]
    assert not flusher._dirty


def test_what_is_printed_after_the_end_is_not_written():
    paper = Paper()
    buffer = buffered(2 * HALF, paper)
    buffer.close()
    buffer.log.add("stdout", b"late")
    buffer.flush()
    assert paper.pieces == []


def test_beyond_the_head_the_live_view_goes_on_with_the_tail():
    paper = Paper()
    buffer = buffered(2 << 20, paper)
    buffer.log.add("stdout", b"h" * (1 << 20))
    buffer.flush()
    for n in range(300):
        buffer.log.add("stdout", b"%09d\n" % n * 2000)
    buffer.log.add("stdout", b"now\n")
    buffer.flush()
    assert paper.text.endswith("now\n")
    live = paper.pieces[-1]
    assert len(live.text) < 4 * WINDOW
    assert live.skipped + len(live.text) == 300 * 20_000 + 4
    whole = buffer.finish()
    assert paper.replaced == whole
    assert whole[0].text == "h" * (1 << 20)
    assert (1 << 20) <= len(whole[1].text) <= (1 << 20) + (1 << 17)
    assert whole[1].skipped + len(whole[1].text) == 300 * 20_000 + 4


def test_streams_and_cut_characters_stay_as_they_were():
    log = Log(2 * HALF)
    word = "é".encode()
    log.add("stdout", b"a" + word[:1])
    log.add("stderr", b"b\x00")
    log.add("stdout", word[1:])
    log.add("stdout", word[:1])
    log.close()
    assert log.kept() == [("stdout", "a", 0), ("stderr", "b\ufffd", 0), ("stdout", "é\ufffd", 0)]


def test_nothing_is_kept_where_nobody_reads():
    log = Log(0)
    log.add("stdout", b"x" * 100)
    log.close()
    assert log.kept() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_stored_meanwhile_is_bounded_too(published):
    node_run = node(started(chain()), "data")
    writer = kept.LogWriter(node_run, node_run.run.watchers, 2 * HALF)
    for n in range(100):
        writer.write([Piece("stdout", f"{n:099d}\n")])
    text = kept.log_text(node_run)
    assert text.startswith(f"{0:099d}\n{1:099d}\n")
    assert text.endswith(f"{98:099d}\n{99:099d}\n")
    assert "bytes left out" in text
    assert len(text) < 2.3 * HALF
    _, parts = kept.log_parts(node_run)
    assert sum(len(text) + skipped for _, text, skipped in parts) == 100 * 100
    writer.write([Piece("stderr", "far on", 5000)])
    writer.write([Piece("stderr", "!", 0)])
    assert kept.log_text(node_run).endswith("bytes left out …\nfar on!")
    assert kept.log_parts(node_run) == (102, [("stdout", text[: 10 * 100], 0), ("stderr", "far on!", 14_000)])
    writer.replace([Piece("stdout", "short")])
    assert kept.log_parts(node_run) == (103, [("stdout", "short", 0)])
    assert [event["seq"] for event in published if event["type"] == "log"] == list(range(1, 103))


@pytest.mark.django_db(transaction=True)
def test_the_traceback_is_a_part_of_its_own(published):
    node_run = node(started(chain()), "data")
    trace = "Traceback (most recent call last):\n  File …\nValueError: no"
    writer = kept.LogWriter(node_run, node_run.run.watchers, 2 * HALF)
    writer.write([Piece("stdout", "before\n"), Piece("stderr", f"hm\n{trace}\n")])
    node_run.error = {"type": "ValueError", "message": "no", "traceback": f"{trace}\n"}
    assert kept.log_parts(node_run)[1] == [
        ("stdout", "before\n", 0),
        ("stderr", "hm\n", 0),
        ("trace", f"{trace}\n", 0),
    ]
    node_run.error = {"type": "LimitExceeded", "message": "It was too much.", "traceback": ""}
    assert kept.log_text(node_run).endswith(f"{trace}\nLimitExceeded: It was too much.\n")
