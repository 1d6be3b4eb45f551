"""Folders and tags: of experiments and of datasets, alone and several at once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.builders import Exp
from tests.server import Server

KINDS = pytest.mark.parametrize("kind", ["experiments", "datasets"])


def make(server: Server, kind: str, name: str) -> str:
    if kind == "experiments":
        return str(server.create(Exp(name))["id"])
    answer = server.upload(f"{name}.csv", "a\n1\n")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def shelve(server: Server, kind: str, ids: list[str], status: int = 200, **wish: Any) -> Any:
    return server.post(f"{kind}/shelve", {"ids": ids, **wish}, status=status)


def names(server: Server, kind: str, **query: Any) -> set[str]:
    page = server.http.get(kind, params={"limit": 1000, **query})
    assert page.status_code == 200, page.text
    return {item["name"] for item in page.json()["items"]}


@pytest.fixture
def mark() -> str:
    """Begins the names of one test, whose server has things of others too."""
    return f"t{uuid.uuid4().hex[:8]}"


@KINDS
def test_they_are_found_by_folder_and_tag_and_words(server: Server, kind: str, mark: str) -> None:
    one, two, three = (make(server, kind, f"{mark}-{n}") for n in ("one", "two", "three"))
    told = shelve(server, kind, [one, two], folder=f" {mark} / 2024 ", add_tags=["red", "deep blue"])
    assert told == {"changed": 2}
    shelve(server, kind, [three], folder=mark, add_tags=["Red"])
    assert names(server, kind, folder=f"{mark}/2024") == {f"{mark}-one", f"{mark}-two"}
    assert names(server, kind, folder=mark) == {f"{mark}-three"}
    assert len(names(server, kind, folder=mark, below=True)) == 3
    assert names(server, kind, folder=mark, below=True, tag="red") == {f"{mark}-one", f"{mark}-two"}
    assert names(server, kind, tag="blue") == set()
    assert names(server, kind, search=f"{mark} 2024 blue") == {f"{mark}-one", f"{mark}-two"}
    assert names(server, kind, folder="", search=mark) == set()
    page = server.http.get(kind, params={"folder": f"{mark}/2024", "limit": 1, "offset": 1}).json()
    assert (len(page["items"]), page["total"]) == (1, 2)
    item = page["items"][0]
    assert (item["folder"], item["tags"]) == (f"{mark}/2024", ["red", "deep blue"])
    shelves = server.get(f"{kind}/folders")
    here = {each["name"]: each["items"] for each in shelves["folders"] if each["name"].startswith(mark)}
    assert here == {mark: 1, f"{mark}/2024": 2}
    assert {"red", "Red", "deep blue"} <= {each["name"] for each in shelves["tags"]}
    shelve(server, kind, [one, two, three], remove_tags=["red", "Red", "deep blue"])
    assert names(server, kind, tag="red") == set()


@KINDS
def test_a_folder_is_renamed_and_goes_without_losing_what_is_in_it(
    server: Server, kind: str, mark: str
) -> None:
    one, two = make(server, kind, f"{mark}-one"), make(server, kind, f"{mark}-two")
    other = make(server, kind, f"{mark}-other")
    shelve(server, kind, [one], folder=f"{mark}/A_b")
    shelve(server, kind, [two], folder=f"{mark}/A_b/deep")
    shelve(server, kind, [other], folder=f"{mark}/axb/deep")

    def move(folder: str, to: str, status: int = 200) -> Any:
        return server.post(f"{kind}/folders/move", {"folder": folder, "to": to}, status=status)

    assert move(f"{mark}/A_b", f"{mark}/Ünew") == {"changed": 2}
    assert names(server, kind, folder=f"{mark}/Ünew/deep") == {f"{mark}-two"}
    assert names(server, kind, folder=f"{mark}/axb/deep") == {f"{mark}-other"}
    refused = move(f"{mark}/Ünew", f"{mark}/Ünew/deep", status=422)
    assert "into itself" in refused["detail"]
    assert move(f"{mark}/Ünew", mark)["changed"] == 2
    assert names(server, kind, folder=f"{mark}/deep") == {f"{mark}-two"}
    assert move(mark, "")["changed"] == 3
    assert names(server, kind, folder="", search=mark) == {f"{mark}-one"}
    assert names(server, kind, folder="deep", search=mark) == {f"{mark}-two"}
    shelve(server, kind, [two, other], folder="")


def test_the_order_of_the_list_and_the_revision_stay(server: Server, mark: str) -> None:
    first, second = server.create(Exp(f"{mark}-first")), server.create(Exp(f"{mark}-second"))
    shelve(server, "experiments", [first["id"]], folder=mark)
    listed = server.get("experiments", search=f"{mark}-")["items"]
    assert [item["name"] for item in listed] == [f"{mark}-second", f"{mark}-first"]
    assert listed[1]["revision"] == first["revision"] == second["revision"]
    assert listed[1]["updated"] == first["updated"]


def test_the_file_keeps_members_of_those_names(server: Server, mark: str) -> None:
    made = server.create({**Exp(mark).file(), "folder": "mine", "tags": ["of the file"]})
    shelve(server, "experiments", [made["id"]], folder=mark, add_tags=["x"])
    read = server.get(f"experiments/{made['id']}")
    assert (read["folder"], read["tags"]) == ("mine", ["of the file"])
    copy = server.post(f"experiments/{made['id']}/duplicate")
    assert copy["tags"] == ["of the file"]
    assert names(server, "experiments", folder=mark, tag="x") == {mark, f"{mark} (copy)"}


def test_all_versions_of_a_dataset_go_along_and_the_next_one_too(server: Server, mark: str) -> None:
    id = make(server, "datasets", mark)
    shelve(server, "datasets", [id], folder=mark, add_tags=["kept"])
    second = server.upload(f"{mark}.csv", "a\n2\n", new_version_of=id)
    assert (second.json()["folder"], second.json()["tags"]) == (mark, ["kept"])
    shelve(server, "datasets", [second.json()["id"]], folder=f"{mark}/b")
    assert server.get(f"datasets/{id}")["folder"] == f"{mark}/b"


@KINDS
def test_what_cannot_be_is_refused_and_changes_nothing(server: Server, kind: str, mark: str) -> None:
    id = make(server, kind, mark)
    missing = shelve(server, kind, [id, "no-such-thing"], status=404, folder=mark)
    assert "no-such-thing" in missing["detail"]
    assert "300" in shelve(server, kind, [id], status=422, folder="x" * 301)["detail"]
    assert "50" in shelve(server, kind, [id], status=422, folder=mark, add_tags=["y" * 51])["detail"]
    many = shelve(server, kind, [id], status=422, folder=mark, add_tags=[f"t{n}" for n in range(31)])
    assert "at most 30" in many["detail"]
    assert names(server, kind, folder=mark) == set()
    nul = shelve(server, kind, [id], folder=f"{mark}\0", add_tags=["a\0"])
    assert nul == {"changed": 1}
