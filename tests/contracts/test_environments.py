"""Environments over HTTP: built from an index of the test's own, named by nodes, shared, carried along."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from modules.scripting.script_header import read_header
from tests.builders import Exp
from tests.package_index import add_native_wheel, add_source, add_wheel
from tests.server import Server

SAYS = """\
import {name} as it
import pandas as pd

def azureml_main():
    return pd.DataFrame({{'v': [it.VERSION]}})
"""

SPY = """
import os, pathlib, socket, zipfile

def attempts():
    yield "home", lambda: os.listdir({home!r})
    yield "token", lambda: pathlib.Path({home!r}, "token").read_text()
    yield "diary", lambda: pathlib.Path({diary!r}).read_text()
    yield "etc", lambda: pathlib.Path("/etc/shadow").read_text()
    yield "environment", lambda: [k for k in os.environ if "STUDIO" in k or "TOKEN" in k]
    yield "web", lambda: socket.create_connection(("127.0.0.1", {port}), 3)
    yield "world", lambda: socket.create_connection(("1.1.1.1", 443), 3)
    yield "datagram", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    yield "unix", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    yield "by the proxy", by_the_proxy

def by_the_proxy():
    host, _, port = os.environ["HTTP_PROXY"].removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), 5) as way:
        way.sendall(b"CONNECT 127.0.0.1:{port} HTTP/1.1\\r\\n\\r\\n")
        assert b"403" not in way.recv(100)

def found():
    for name, attempt in attempts():
        try:
            got = attempt()
        except BaseException:
            continue
        if got or got is None:
            yield name

def build_wheel(directory, config=None, metadata=None):
    name = "spy-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(directory, name), "w") as wheel:
        wheel.writestr("spy.py", "VERSION = " + repr(",".join(found()) or "nothing"))
        wheel.writestr("spy-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: spy\\nVersion: 1.0\\n")
        wheel.writestr("spy-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        wheel.writestr("spy-1.0.dist-info/RECORD", "")
    return name
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    for version in ("1.0", "2.0"):
        add_wheel(folder, "herd", version, {"herd.py": f"VERSION = {version!r}\n"})
    add_wheel(folder, "shepherd", "1.0", {"shepherd.py": "VERSION = 'with herd'\n"}, needs=("herd<2",))
    tqdm = {"tqdm/__init__.py": "VERSION = 'their own'\n", "tqdm/std.py": "", "tqdm/auto.py": ""}
    add_wheel(folder, "tqdm", "99.0", tqdm)
    add_wheel(folder, "wolf", "1.0", {"wolf.py": ""})
    add_native_wheel(folder)
    return folder


@pytest.fixture(scope="module")
def studio(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    diary = tmp_path_factory.mktemp("person") / "diary.txt"
    diary.write_text("what only its owner reads")
    with Server(STUDIO_PACKAGE_INDEX=str(index), STUDIO_PACKAGE_ALLOW="*herd tqdm spy") as running:
        spy = SPY.format(home=str(running.home), diary=str(diary), port=running.port)
        add_source(index, "spy", "1.0", spy)
        yield running


def built(studio: Server, name: str, *requirements: str, state: str = "ready") -> dict[str, Any]:
    """An environment, once its building has ended."""
    made = studio.post("environments", {"name": name, "requirements": list(requirements)}, status=201)
    assert made["state"] == "building"
    return ended(studio, made["id"], state)


def ended(studio: Server, id: str, state: str = "ready") -> dict[str, Any]:
    until = time.monotonic() + 120
    while (found := studio.get(f"environments/{id}"))["state"] == "building":
        assert time.monotonic() < until, found
        time.sleep(0.1)
    assert found["state"] == state, found
    return found


def said(studio: Server, module: str, environment: str = "") -> Any:
    exp = Exp().node("n", "execute-python-script", script=SAYS.format(name=module), environment=environment)
    run = studio.run(studio.create(exp)["id"])
    assert run.state == "finished", run.node("n")["error"]
    return run.rows("n.result_dataset")[0][0]


def test_two_versions_of_one_package_in_one_graph(studio: Server) -> None:
    old, new = built(studio, "old", "shepherd"), built(studio, "new", "herd")
    assert old["requirements"] == ["shepherd"]
    assert "herd==1.0" in old["lock"]
    assert "--hash=sha256:" in old["lock"]
    assert "herd==2.0" in new["lock"]
    assert "herd" in new["log"]
    beside = {each["name"]: each["version"] for each in old["installed"] if not each["base"]}
    assert beside == {"herd": "1.0", "shepherd": "1.0"}
    exp = Exp()
    for id, environment in (("a", "old"), ("b", "new")):
        exp.node(id, "execute-python-script", script=SAYS.format(name="herd"), environment=environment)
    run = studio.run(studio.create(exp)["id"])
    assert run.state == "finished", [each["error"] for each in run.body["nodes"].values()]
    assert [run.rows(f"{id}.result_dataset") for id in "ab"] == [[["1.0"]], [["2.0"]]]
    assert {each["name"]: each["state"] for each in studio.get("environments")["items"]}["base"] == "ready"


def test_a_missing_package_is_added_by_one_call(studio: Server) -> None:
    header = '# /// script\n# dependencies = ["shepherd"]\n# ///\n' + SAYS.format(name="nativeherd")
    exp = (
        Exp()
        .script("plain", SAYS.format(name="nativeherd").replace("it.VERSION", "1"))
        .script("headed", header)
    )
    id = studio.create(exp)["id"]
    error = studio.run(id, until=["plain"]).node("plain")["error"]
    assert '`# dependencies = ["nativeherd"]`' in error["message"]

    def added(node: str, package: str) -> dict[str, Any]:
        found: dict[str, Any] = studio.post(
            f"experiments/{id}/nodes/{node}/packages", {"package": package}, status=200
        )
        return found

    first = added("plain", "nativeherd")
    assert (first["params"], first["before"]) == ({"environment": "nativeherd"}, None)
    ended(studio, first["id"])
    assert added("plain", "nativeherd")["id"] == first["id"]  # what is there is not built again
    exp.nodes[0]["params"] |= first["params"]
    id = studio.create(exp)["id"]
    assert studio.run(id, until=["plain"]).node("plain")["state"] == "finished"
    more = added("plain", "herd")
    assert (more["id"], more["before"]) == (first["id"], ["nativeherd"])
    assert ended(studio, first["id"])["requirements"] == ["nativeherd", "herd"]
    headed = added("headed", "nativeherd")
    assert '# dependencies = ["shepherd", "nativeherd"]\n' in headed["params"]["script"]
    assert ended(studio, headed["id"])["automatic"]
    studio.post(f"experiments/{id}/nodes/plain/packages", {"package": "--index-url=x"}, status=422)


def test_a_native_package_and_one_that_base_has_imported_in_another_version(studio: Server) -> None:
    built(studio, "native", "nativeherd")
    script = SAYS.format(name="nativeherd").replace("it.VERSION", "it.escape('<')")
    run = studio.run(
        studio.create(Exp().node("n", "execute-python-script", script=script, environment="native"))["id"]
    )
    assert run.rows("n.result_dataset") == [["&lt;"]], run.node("n")
    built(studio, "tqdm of its own", "tqdm==99.0")
    assert said(studio, "tqdm", "tqdm of its own") == "their own"


def test_a_header_chooses_and_the_same_header_the_same(studio: Server) -> None:
    header = '# /// script\n# dependencies = ["herd>=1,<2"]\n# ///\n'
    exp = (
        Exp()
        .script("a", header + SAYS.format(name="herd"))
        .script("b", header + "x = 1\n" + SAYS.format(name="herd"))
    )
    run = studio.run(studio.create(exp)["id"])
    assert [run.rows(f"{id}.result_dataset") for id in "ab"] == [[["1.0"]], [["1.0"]]], run.body
    made = [each["requirements"] for each in studio.get("environments")["items"] if each["automatic"]]
    assert made.count(["herd>=1,<2"]) == 1
    wrong = Exp().script("s", "# /// script\n# dependencies = herd\n# ///\n" + SAYS.format(name="herd"))
    [error] = studio.post("experiments/validate", wrong.file(), status=200)["errors"]
    assert (error["node"], error["param"], error["line"], error["code"]) == (
        "s",
        "script",
        2,
        "script-header",
    )


def test_what_builds_a_package_finds_nothing(studio: Server) -> None:
    """It runs as a package's own code, with what a sandbox gives it; what it found lies in the package."""
    built(studio, "spied", "spy")
    assert said(studio, "spy", "spied") == "nothing"


def test_a_name_that_is_unknown_taken_or_wrong(studio: Server) -> None:
    exp = Exp().node("n", "execute-python-script", environment="nowhere")
    [error] = studio.post("experiments/validate", exp.file(), status=200)["errors"]
    assert (error["node"], error["param"], error["code"]) == ("n", "environment", "unknown-environment")
    refused = studio.post(f"experiments/{studio.create(exp)['id']}/runs", {}, status=422)
    assert refused["errors"][0]["param"] == "environment"
    studio.post("environments", {"name": "taken", "requirements": "herd\n"}, status=201)
    studio.post("environments", {"name": "taken", "requirements": ["herd"]}, status=409)
    for requirement in ("--index-url http://evil", "herd @ http://evil/herd.whl", "no such thing", "./herd"):
        answer = studio.post("environments", {"name": "x", "requirements": [requirement]}, status=422)
        assert answer["errors"][0]["loc"] == ["requirements", 0]


def test_what_is_not_there_or_not_allowed_fails_with_a_sentence(studio: Server) -> None:
    assert "nothingherd" in built(studio, "gone", "nothingherd", state="failed")["error"]
    assert "STUDIO_PACKAGE_ALLOW" in built(studio, "banned", "wolf", state="failed")["error"]
    assert "pydantic" in built(studio, "fixed", "pydantic<2", state="failed")["error"]


def test_a_file_carries_requirements_and_lock(studio: Server) -> None:
    made = built(studio, "carried", "herd<2")
    exp = Exp().node("n", "execute-python-script", script=SAYS.format(name="herd"), environment="carried")
    file = studio.get(f"experiments/{studio.create(exp)['id']}")
    assert file["environments"]["carried"] == {"requirements": ["herd<2"], "lock": made["lock"]}
    script = studio.http.get(f"experiments/{file['id']}/export").text
    assert (header := read_header(script)) is not None
    assert header.dependencies[-1] == "herd==1.0"
    studio.http.delete(f"environments/{made['id']}")
    [error] = studio.post("experiments/validate", file, status=200)["errors"]
    assert error["code"] == "unknown-environment"
    again = studio.create({key: value for key, value in file.items() if key != "id"})
    [back] = [each for each in studio.get("environments")["items"] if each["name"] == "carried"]
    assert ended(studio, back["id"])["lock"] == made["lock"]
    assert studio.run(again["id"]).rows("n.result_dataset") == [["1.0"]]


def test_a_missing_import_says_how_to_add_it(studio: Server) -> None:
    run = studio.run(Exp().script("n", SAYS.format(name="wolf")))
    assert 'dependencies = ["wolf"]' in run.node("n")["error"]["message"]


def test_a_deleted_environment_is_unknown(studio: Server) -> None:
    made = built(studio, "short-lived", "herd")
    assert studio.http.delete(f"environments/{made['id']}").status_code == 204
    assert studio.http.get(f"environments/{made['id']}").status_code == 404
    assert studio.http.delete("environments/base").status_code == 422
