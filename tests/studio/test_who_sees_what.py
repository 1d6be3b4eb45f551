"""Every endpoint of the OpenAPI document, called by nobody and by a second person who owns nothing here."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

import studio
from modules.wire_types.table import StoredTable
from studio.accounts.models import Owner
from studio.accounts.owner import owner
from studio.accounts.passes import make_pass
from studio.agents.keys import make_key as let_in
from studio.artifacts.models import Artifact
from studio.artifacts.outlines import outline_of
from studio.datasets.models import Dataset
from studio.environments.actions import create_environment
from studio.environments.models import Environment
from studio.experiments.actions import create_experiment
from studio.experiments.models import Experiment
from studio.live import broadcast
from studio.own_modules.actions import keep_module
from studio.runs.actions import start_run
from studio.runs.models import Run
from studio.secrets.actions import create_secret
from studio.services.keys import make_key
from studio.services.models import Service, ServiceVersion
from studio.uploads import partial
from tests.builders import Exp

pytestmark = pytest.mark.django_db

ROOM = Path(studio.__file__).parent
CALLS = [
    (method, path.removeprefix("/api/v1"))
    for path, methods in json.loads((ROOM / "openapi.json").read_text())["paths"].items()
    for method in methods
]
FOR_ALL = {
    ("get", "/modules"), ("get", "/modules/{slug}"), ("post", "/modules/{slug}/line"),
    ("get", "/module-pairs"), ("get", "/samples"), ("post", "/samples/{slug}/open"),
    ("get", "/status"), ("options", "/uploads"), ("post", "/uploads"), ("post", "/experiments"),
    ("get", "/environments"), ("post", "/environments"), ("get", "/own-modules"), ("post", "/own-modules"),
    ("post", "/module-packages/read"),
    ("get", "/usage"), ("get", "/workers"), ("post", "/experiments/validate"),
    ("post", "/script-helper/restart"), ("post", "/experiments/import"),
    ("post", "/agent-keys"), ("post", "/secrets"), ("get", "/network"),
}  # fmt: skip
"""Calls that answer everybody who is signed in: with what is the caller's own, or the server's."""

FOR_KEYS = {("post", "/mcp")}
"""Calls that no session opens: for an agent's key, or the owner's token."""

FOR_THE_ADMINISTRATOR = {
    ("get", "/usage/clean-up"), ("post", "/usage/clean-up"), ("post", "/workers/orders"),
}  # fmt: skip

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("post", "/experiments/shelve"): {"ids": ["{experiment}"], "folder": "theirs"},
    ("post", "/datasets/shelve"): {"ids": ["{dataset}"], "folder": "theirs"},
    ("post", "/datasets/folders/move"): {"folder": "mine", "to": "theirs"},
    ("post", "/experiments/folders/move"): {"folder": "mine", "to": "theirs"},
    ("put", "/experiments/{id}"): {"name": "theirs"},
    ("patch", "/datasets/{id}"): {"name": "theirs"},
    ("post", "/datasets/{id}/files"): {"files": {"x.py": "theirs"}},
    ("patch", "/runs/{id}"): {"name": "theirs"},
    ("post", "/artifacts/{id}/save"): {"name": "theirs"},
    ("post", "/experiments/{id}/nodes/{node}/complete"): {"script": "x", "line": 1, "column": 1},
    ("post", "/experiments/{id}/nodes/{node}/docs"): {"script": "x", "line": 1, "column": 1},
    ("post", "/experiments/{id}/nodes/{node}/tidy"): {"script": "x"},
    ("post", "/experiments/{id}/nodes/{node}/rename"): {"script": "x", "line": 1, "column": 0, "name": "y"},
    ("post", "/experiments/{id}/nodes/{node}/packages"): {"package": "herd"},
    ("post", "/experiments/{id}/nodes/{node}/current"): {"script": "x"},
    ("post", "/artifacts/{id}/model/try"): {"row": {}},
    ("post", "/uploads/{id}/preview"): {"type": "csv"},
    ("post", "/uploads/{id}/dataset"): {"name": "theirs"},
    ("post", "/samples/{slug}/open"): {"fresh": False},
    ("post", "/usage/clean-up"): {"dry_run": True},
    ("post", "/workers/orders"): {"what": "pause"},
    ("post", "/environments"): {"name": "another", "requirements": ["cowsay"]},
    ("put", "/environments/{id}"): {"requirements": ["theirs"]},
    ("post", "/secrets"): {"name": "theirs", "value": "theirs"},
    ("put", "/secrets/{id}"): {"value": "theirs"},
    ("post", "/own-modules"): {"definition": {"name": "theirs", "nodes": [{"id": "a", "module": "x"}]}},
    ("post", "/module-packages/read"): {
        "files": {
            "a.xml": '<Module name="a"><Language name="R" sourceFile="a.R" entryPoint="a"/></Module>',
            "a.R": "",
        }
    },
    ("post", "/services/{id}/switch"): {"version": 1},
    ("patch", "/services/{id}"): {"name": "theirs"},
    ("post", "/experiments/{id}/proposals/{proposal}"): {"accepted": True},
}
HEADERS: dict[tuple[str, str], dict[str, str]] = {
    ("put", "/experiments/{id}"): {"If-Match": '"1"'},
    ("post", "/uploads"): {"Upload-Length": "5"},
    ("patch", "/uploads/{id}"): {"Upload-Offset": "0"},
}


QUERIES = {
    "/artifacts/{id}/model/difference": "?other=x",
    "/artifacts/{id}/model/export": "?format=skops",
    "/artifacts/{id}/chart": "?kind=histogram&x=a",
    "/artifacts/{id}/files": "?name=x.py",
}


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast, "_send", lambda group, events: None)
    monkeypatch.setattr("studio.runs.actions.wake_workers", lambda count: None)
    monkeypatch.setattr("studio.runs.script_help.restart", lambda: None)


@pytest.fixture
def things() -> Iterator[dict[str, str]]:
    """The ids of one thing of each kind, all of them the owner's."""
    manifest = StoredTable(rows=1, columns=()).model_dump()
    artifact = Artifact.objects.create(
        id="a" * 64, type="table", manifest=manifest, outline=outline_of(manifest), bytes=1
    )
    dataset = Dataset.objects.create(
        owner=owner(), name="hushhush", type="csv", state="ready", original="0" * 64, sha256="0" * 64,
        bytes=1, artifact=artifact, folder="mine",
    )  # fmt: skip
    experiment = create_experiment(owner(), Exp().node("d", "dataset", dataset="hushhush").file())
    Experiment.objects.update(folder="mine")
    run = start_run(experiment)
    _, given = make_pass(owner(), artifact.pk, "a notebook")
    upload = partial.begin(owner().pk, 5, "hushhush.csv")
    service = Service.objects.create(owner=owner(), experiment=experiment, name="hushhush", slug="hushhush")
    ServiceVersion.objects.create(
        service=service, number=1, plan={"interface": {"inputs": [], "outputs": []}}, run=run.pk, run_number=1
    )
    make_key(service, "hushhush")
    _, agent_key = let_in(owner(), "hushhush", values=True)
    environment = create_environment(owner().pk, "hushhush", ["cowsay"])
    secret = create_secret(owner(), "hushhush", "a password")
    keep_module(owner(), {"name": "Kept", "help": "hushhush", "nodes": [{"id": "a", "module": "x"}]}, {})
    yield {
        "experiment": experiment.pk, "dataset": dataset.pk, "run": run.pk, "artifact": artifact.pk,
        "pass": given.pk, "upload": upload.id, "service": service.pk, "agent-key": agent_key.pk,
        "environment": environment.pk, "secret": secret.pk,
    }  # fmt: skip
    upload.forget()


@pytest.fixture
def second() -> Client:
    """Another person's browser."""
    client = Client()
    client.force_login(Owner.objects.create(username="second"))
    return client


def call(client: Client, method: str, path: str, things: dict[str, str]) -> Any:
    """The call, with the owner's things wherever it names one."""
    room = path.split("/")[1]
    id = things.get({"passes": "pass"}.get(room, room.removesuffix("s")), "")
    slug = {"samples": "hello-bundle", "own-modules": "kept"}.get(room, "dataset")
    address = re.sub(
        r"\{(\w+)\}",
        lambda at: {"node": "d", "n": "0", "slug": slug, "slugs": slug, "version": "1"}.get(at[1], id),
        path,
    )
    if (method, path) == ("post", "/datasets"):
        form = {"file": SimpleUploadedFile("x.csv", b"a\n1\n"), "new_version_of": things["dataset"]}
        return client.post("/api/v1" + address, form)
    if (method, path) in (("post", "/experiments/import"), ("post", "/experiments/{id}/proposals")):
        return client.post("/api/v1" + address, {"file": SimpleUploadedFile("x.py", b"x = 1\n")})
    address += QUERIES.get(path, "")
    body = json.dumps(BODIES.get((method, path), {}))
    for name, id in things.items():
        body = body.replace(f"{{{name}}}", id)
    piece = (method, path) == ("patch", "/uploads/{id}")
    content = "application/offset+octet-stream" if piece else "application/json"
    headers = HEADERS.get((method, path), {})
    return client.generic(method.upper(), "/api/v1" + address, body, content, headers=headers)


def told(answer: HttpResponse) -> str:
    streamed = getattr(answer, "streaming", False)
    return "".join(map(str, answer)) if streamed else answer.content.decode()


def test_nobody_hears_anything(things: dict[str, str]) -> None:
    answers = {(method, path): call(Client(), method, path, things).status_code for method, path in CALLS}
    del answers["post", "/session"]
    assert set(answers.values()) == {401}, [asked for asked, status in answers.items() if status != 401]
    unchanged(things)


def test_a_second_person_hears_nothing_of_the_first(things: dict[str, str], second: Client) -> None:
    for method, path in CALLS:
        if path == "/session":
            continue
        answer = call(second, method, path, things)
        words = told(answer)
        expected(method, path, answer.status_code, words)
        silent(words, things, asked=path)
    unchanged(things)


def expected(method: str, path: str, status: int, words: str) -> None:
    asked = f"{method} {path} answers {status}: {words[:500]}"
    if (method, path) in FOR_THE_ADMINISTRATOR:
        assert status == 403, asked
        assert "administrator" in words
    elif (method, path) in FOR_KEYS:
        assert status == 401, asked
    elif (method, path) in FOR_ALL:
        assert status < 400, asked
    elif "{" in path or path.endswith("/shelve") or (method, path) == ("post", "/datasets"):
        assert status == 404, asked
    elif path.endswith("/move"):
        assert json.loads(words) == {"changed": 0}
    else:
        assert method == "get", f"{asked}. Say here who may call this"
        assert not any(json.loads(words).values()), asked


def silent(words: str, things: dict[str, str], asked: str) -> None:
    """No answer names a thing of the owner's that the question did not name."""
    assert "hushhush" not in words
    if "{" not in asked:
        assert not [name for name, id in things.items() if id in words and name not in asked]


def unchanged(things: dict[str, str]) -> None:
    assert Experiment.objects.get(pk=things["experiment"]).folder == "mine"
    assert Experiment.objects.filter(owner=owner()).count() == 1
    assert Dataset.objects.get().name == "hushhush"
    assert Dataset.objects.get().folder == "mine"
    run = Run.objects.get()
    assert (run.state, run.name) == ("queued", "")
    assert partial.find(owner().pk, things["upload"]).offset == 0
    assert Environment.objects.get(owner=owner()).requirements == ["cowsay"]
    service = Service.objects.get()
    assert (service.name, service.keys.count(), service.versions.count()) == ("hushhush", 1, 1)


def test_a_dataset_of_the_first_is_unknown_to_the_second_ones_experiments(
    things: dict[str, str], second: Client
) -> None:
    file = Exp().node("d", "dataset", dataset="hushhush").file()
    answer = second.post("/api/v1/experiments/validate", json.dumps(file), "application/json")
    assert [problem["code"] for problem in answer.json()["errors"]] == ["unknown-dataset"]


def test_a_copy_of_an_experiment_belongs_to_whoever_makes_it(things: dict[str, str]) -> None:
    from studio.experiments.actions import duplicate_experiment

    other = User.objects.create(username="other")
    copied = duplicate_experiment(other, Experiment.objects.get(pk=things["experiment"]))
    assert copied.owner == other


def test_the_web_side_asks_the_database_through_gates_and_actions_alone() -> None:
    """No endpoint's file looks rows up, or deletes one, itself."""
    bare = re.compile(r"\.objects\b|\.(delete|save)\(\)")
    for file in ROOM.rglob("*api.py"):
        text = file.read_text()
        code = "\n".join(ast.get_source_segment(text, node) or "" for node in ast.parse(text).body)
        assert not bare.findall(code), f"{file.relative_to(ROOM)} asks the database itself"
