"""Uploads in pieces, by the tus protocol."""

from __future__ import annotations

import base64
import shutil

import httpx
import pytest

from studio.errors import TooMany
from studio.uploads import partial
from studio.uploads.in_folder import InFolder
from tests.server import Server

CSV = b"name,n\n" + b"".join(b"row%06d,%d\n" % (row, row) for row in range(20_000))
PIECE = 100_000
TUS = {"Tus-Resumable": "1.0.0"}


def begin(server: Server, name: str, length: int = len(CSV), **metadata: str) -> httpx.Response:
    said = [f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items()]
    named = f"filename {base64.b64encode(name.encode()).decode()}"
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": ",".join([named, *said])}
    return server.http.post("uploads", headers=headers)


def place(answer: httpx.Response) -> str:
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"].removeprefix("/api/v1/")


def send(server: Server, path: str, offset: int, content: bytes) -> httpx.Response:
    headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return server.http.patch(path, content=content, headers=headers)


def offset(server: Server, path: str) -> int:
    answer = server.http.head(path)
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def test_a_file_comes_in_pieces_and_becomes_a_dataset(server: Server) -> None:
    path = place(begin(server, "pieces.csv"))
    for start in range(0, len(CSV), PIECE):
        assert offset(server, path) == start
        assert send(server, path, start, CSV[start : start + PIECE]).status_code == 204
    made = server.post(f"{path}/dataset", {})
    assert (made["name"], made["rows"], made["bytes"]) == ("pieces", 20_000, len(CSV))
    assert server.http.get(f"datasets/{made['id']}/download").content == CSV
    assert server.http.head(path).status_code == 404  # it is done with


def test_a_piece_in_the_wrong_place_is_refused_with_the_right_one(server: Server) -> None:
    path = place(begin(server, "gap.csv"))
    answer = send(server, path, 10, b"x")
    assert answer.status_code == 409
    assert "goes on at byte 0" in answer.json()["detail"]
    assert offset(server, path) == 0


def test_more_than_was_announced_is_refused(server: Server) -> None:
    path = place(begin(server, "small.csv", length=4))
    assert send(server, path, 0, b"too much").status_code == 413


def test_what_is_not_whole_is_no_dataset(server: Server) -> None:
    path = place(begin(server, "half.csv"))
    send(server, path, 0, CSV[:100])
    answer = server.http.post(f"{path}/dataset", json={})
    assert answer.status_code == 409
    assert "Only 100 of" in answer.json()["detail"]


def test_a_taken_name_is_said_before_anything_is_sent_and_nothing_is_sent_twice(server: Server) -> None:
    server.upload("same.csv", "a\n1\n")
    assert begin(server, "same.csv").status_code == 409
    path = place(begin(server, "same.csv", named="yes", length=4))
    send(server, path, 0, b"a\n2\n")
    assert server.http.post(f"{path}/dataset", json={}).status_code == 409
    assert server.post(f"{path}/dataset", {"name": "another"})["name"] == "another"


def test_a_file_that_cannot_be_read_says_where_and_may_be_read_otherwise(server: Server) -> None:
    content = b"a,b\n1,2\n1,2,3\n"
    path = place(begin(server, "uneven.csv", length=len(content)))
    send(server, path, 0, content)
    refused = server.http.post(f"{path}/dataset", json={})
    assert (refused.status_code, refused.json()["line"]) == (422, 3)
    assert server.post(f"{path}/dataset", {"type": "text"})["type"] == "text"


def test_an_upload_that_was_given_up_is_gone(server: Server) -> None:
    path = place(begin(server, "gone.csv"))
    assert server.http.delete(path).status_code == 204
    assert server.http.head(path).status_code == 404
    assert server.http.head("uploads/../../studio").status_code == 404


def test_what_was_announced_counts_before_it_comes(server: Server) -> None:
    much = shutil.disk_usage(server.home).free // 4
    begun = [place(begin(server, "much.csv", much))]
    answer = begin(server, "more.csv", much)
    assert answer.status_code == 507, (
        "a dataset takes up to three times its file, and a quarter is still to come"
    )
    assert "The file more.csv, beside the other uploads under way, needs about" in answer.json()["detail"]
    server.http.delete(begun.pop(), headers=TUS)
    begun.append(place(begin(server, "more.csv", much)))
    server.http.delete(begun.pop(), headers=TUS)


def test_uploads_under_way_have_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    partial.sweep(25 * 3600)  # what other tests left
    monkeypatch.setattr(partial, "MOST", 2)
    begun = [partial.begin(1, 10, f"{number}.csv") for number in range(2)]
    with pytest.raises(TooMany, match=r"2 uploads are under way already\. Finish or cancel some"):
        partial.begin(1, 10, "one too many.csv")
    begun.pop().forget()
    begun.append(partial.begin(1, 10, "again.csv"))
    for upload in begun:
        upload.forget()


def test_it_takes_a_token(server: Server) -> None:
    path = place(begin(server, "mine.csv"))
    assert httpx.head(f"{server.url}/api/v1/{path}").status_code == 401


@pytest.mark.parametrize(
    "headers", [{}, {"Upload-Length": "-1"}, {"Upload-Length": "1", "Upload-Metadata": "filename %%"}]
)
def test_a_bad_announcement_is_refused_in_a_sentence(server: Server, headers: dict[str, str]) -> None:
    answer = server.http.post("uploads", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("The header Upload-")


def test_what_nobody_goes_on_with_is_swept_after_a_day() -> None:
    partial.sweep(25 * 3600)  # what other tests left
    begun = partial.begin(1, 10, "old.csv")
    assert partial.sweep(23 * 3600) == 0
    assert partial.find(1, begun.id) == begun
    assert partial.sweep(25 * 3600) == 1
    assert isinstance(begun, InFolder)
    assert not begun.path.exists()
