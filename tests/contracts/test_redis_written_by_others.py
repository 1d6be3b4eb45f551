"""Whoever can write to Redis can ask and answer; no path ever comes from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from studio.artifacts import downloads
from studio.errors import Unavailable
from studio.live.ask import read_reply
from studio.live.reply import Reply
from workers.looks.look import look


class Forged:
    """A question that somebody else answers."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def heard(self, patience: float) -> Reply:
        return Reply(writing=self.folder)


@pytest.mark.parametrize("folder", ["/etc", "..", "../..", "a/../..", ".", "", "x\n", "a.b/c"])
def test_the_web_process_opens_no_file_that_an_answer_names(folder: str) -> None:
    with pytest.raises(Unavailable, match="answer is none"):
        downloads._begun(cast(Any, None), "csv", cast(Any, Forged(folder)), follow=True)


@pytest.mark.parametrize(
    "said", [b"", b"no", b"[]", b'{"writing": 5}', b'{"failure": "no"}', b'{"failure": {}}']
)
def test_what_is_no_answer_is_refused(said: bytes) -> None:
    with pytest.raises(Unavailable, match="no worker's answer"):
        read_reply(said)


def test_a_true_answer_is_followed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Here:
        root, remote = tmp_path, False

    (tmp_path / "drafts" / "host-1.77.ab_c").mkdir(parents=True)
    (tmp_path / "drafts" / "host-1.77.ab_c" / "export.csv").write_text("a\n1\n")
    monkeypatch.setattr(downloads, "store", Here)
    found = downloads._begun(cast(Any, None), "csv", cast(Any, Forged("host-1.77.ab_c")), follow=True)
    assert found
    with found:
        assert found.read() == b"a\n1\n"


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "", ".", None, 5, "csv\n"])
def test_a_worker_keeps_nothing_under_a_name_that_is_a_path(name: Any) -> None:
    for args in ({"kept": name}, {"format": name}):
        answer = look("x", "summary", args, cast(Any, None))
        assert "names a file" in answer.failure.message
