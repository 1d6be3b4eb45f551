"""Calls over HTTP, as far as the web process has a part in them: who may call, which form, which refusal.

What a worker does is done in this process."""

from __future__ import annotations

import asyncio
import json
from itertools import count

import httpx
import pytest

from modules.exchange.answering import answer_call
from modules.exchange.problems import CallProblem
from studio.accounts.owner import owner
from studio.asgi import application
from studio.services import call_app, doors, generation, rates
from studio.services.call_paths import call_path
from studio.services.call_wire import CallError
from studio.services.calling import CallReply, crowded
from studio.services.keys import make_key, revoke
from studio.services.models import Service, ServiceVersion
from tests.modules.exchange.test_forms import no_constant
from tests.studio.services.in_process import Ran
from tests.studio.services.test_capture import scripted

pytestmark = pytest.mark.django_db(transaction=True)
OURS, CLASSIC = "/api/v1/services/twice/execute", "/workspaces/any/services/twice/execute?api-version=2.0"
ROW = {"Inputs": {"input1": [{"size": 4}]}}


class Calling:
    """A service with two keys, and a client without any."""

    def __init__(self, client):
        self.client = client
        ran = Ran(scripted())
        plan = ran.service().plan
        self.service = Service.objects.create(owner=owner(), name="Twice", slug="twice")
        dumped = plan.model_dump(mode="json", exclude_defaults=True)
        ServiceVersion.objects.create(service=self.service, number=1, plan=dumped, run="r", run_number=1)
        self.key, self.row = make_key(self.service)
        other = Service.objects.create(owner=owner(), name="Other", slug="other")
        ServiceVersion.objects.create(service=other, number=1, plan=dumped, run="r", run_number=1)
        self.others, _ = make_key(other)
        self.plan = plan

    def post(self, path, body=ROW, key=None, **headers):
        headers = {"Authorization": f"Bearer {key or self.key}", **headers}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return asyncio.run(self._ask("POST", path, headers, content))

    def get(self, path, key=None):
        return asyncio.run(self._ask("GET", path, {"Authorization": f"Bearer {key or self.key}"}))

    async def _ask(self, method, path, headers, content=b""):
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(application), base_url="http://localhost"
        ) as client:
            return await client.request(method, path, headers=headers, content=content)


@pytest.fixture
def calling(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    numbers = count(1)
    state = {"now": 0}
    monkeypatch.setattr(generation, "_count", lambda: state.update(now=next(numbers)))
    monkeypatch.setattr(generation, "current", lambda: state["now"])

    async def soon():
        return state["now"]

    monkeypatch.setattr(generation, "current_soon", soon)
    doors._remembered.clear()
    doors._used.clear()
    studio = Calling(None)

    async def call(version, form, body, query, timeout, concurrency, seen):
        if seen not in (None, state["now"]):
            raise generation.Changed
        return await asyncio.to_thread(answer, studio.plan, form, body, query)

    monkeypatch.setattr(call_app, "call", call)
    return studio


def answer(plan, form, body, query):
    try:
        made = answer_call(plan, form, body, query, no_constant)
    except CallProblem as problem:
        error = CallError(code=problem.code, message=problem.message, details=list(problem.details))
        return CallReply(error=error)
    return CallReply(made.body, made.content_type)


def say(monkeypatch, reply):
    async def call(*_):
        return reply

    monkeypatch.setattr(call_app, "call", call)


@pytest.mark.parametrize("path", [OURS, CLASSIC, OURS.replace("twice", "{id}")])
def test_both_paths_answer_in_both_of_classics_forms(calling, path):
    path = path.format(id=calling.service.pk)
    body = {"Inputs": {"input1": {"ColumnNames": ["size"], "Values": [["4"]]}}, "GlobalParameters": {}}
    told = calling.post(path, body)
    assert told.status_code == 200
    assert told.json()["Results"]["output1"]["value"]["Values"] == [[None, "4", None, None, "8"]]
    joined = "&" if "?" in path else "?"
    records = calling.post(
        f"{path}{joined}format=swagger", body, **{"Content-Type": "application/json; charset=utf-8"}
    )
    assert records.json()["Results"]["output1"][0]["double"] == "8"
    plain = calling.post(f"{path}{joined}details=false&unknown=1", body).json()["Results"]["output1"]["value"]
    assert list(plain) == ["Values"]


def test_who_may_call(calling):
    assert calling.post(OURS, key="test-token").status_code == 200
    for key in (calling.others, "sk_nothing", "x", "wrong-token"):
        for path in (OURS, CLASSIC):
            told = calling.post(path, key=key)
            assert told.status_code == 401, key
            assert told.json()["error"]["code"] == "Unauthorized"
    assert calling.post(OURS.replace("twice", "nobody")).status_code == 401
    missing = calling.post(OURS.replace("twice", "nobody"), key="test-token")
    assert (missing.status_code, missing.json()["error"]["details"][0]["code"]) == (404, "WebServiceNotFound")


def test_a_key_opens_calls_and_nothing_else(calling):
    for path in ("services", f"services/{calling.service.pk}", "experiments", "datasets", "me"):
        assert calling.get(f"/api/v1/{path}").status_code in (401, 404)
    assert calling.get("/api/v1/services/twice/openapi.json").status_code == 200


def test_a_revoked_key_opens_nothing_at_once(calling):
    assert calling.post(OURS).status_code == 200
    assert calling.service.keys.get().last_used is not None
    revoke(calling.service, calling.row.pk)
    generation.changed()
    assert calling.post(OURS).status_code == 401


def test_a_key_is_remembered_without_a_query(calling, django_assert_num_queries):
    calling.post(OURS)
    door = doors.remembered(calling.key, "twice", None, generation.current())
    assert door is None or door.slug == "twice"
    calling.post(OURS)
    assert doors.remembered(calling.key, "twice", None, generation.current()).slug == "twice"


def test_a_warm_call_asks_neither_the_database_nor_redis_who_may_call(calling, monkeypatch):
    calling.post(OURS)
    calling.post(OURS)

    async def nobody_asks(*_):
        raise AssertionError

    monkeypatch.setattr(generation, "current_soon", nobody_asks)
    monkeypatch.setattr(call_app, "open_door", nobody_asks)
    assert calling.post(OURS).status_code == 200


def test_what_was_changed_holds_for_the_next_call(calling):
    for _ in range(2):
        assert calling.post(OURS).status_code == 200
    calling.service.keys.update(most_bytes=10)
    generation.changed()
    told = calling.post(OURS)
    assert (told.status_code, told.json()["error"]["code"]) == (413, "BadArgument")
    calling.service.keys.update(most_bytes=None)
    generation.changed()
    assert calling.post(OURS).status_code == 200
    calling.service.keys.update(calls_a_minute=None)
    generation.changed()
    assert [calling.post(OURS).status_code for _ in range(3)] == [200] * 3


def test_a_large_body_is_read_for_a_key_alone(calling):
    large = {"Inputs": {"input1": [{"size": n} for n in range(20_000)]}}
    assert calling.post(OURS, large).status_code == 200
    for key in (calling.others, "wrong"):
        told = calling.post(OURS, large, key=key)
        assert (told.status_code, told.json()["error"]["code"]) == (401, "Unauthorized")
    calling.service.keys.update(most_bytes=1000)
    generation.changed()
    generation._count()
    told = calling.post(OURS, large)
    assert (told.status_code, told.json()["error"]["code"]) == (413, "BadArgument")


def test_a_key_may_be_bound_to_calls_a_minute(calling, monkeypatch):
    calling.service.keys.update(calls_a_minute=1)

    async def wait(key, most):
        return 17

    monkeypatch.setattr(rates, "seconds_to_wait", wait)
    told = calling.post(CLASSIC)
    assert (told.status_code, told.headers["Retry-After"]) == (503, "17")
    assert told.json()["error"]["code"] == "RequestThrottled"


REPLIES = {
    "RequestThrottled": 503,
    "ServiceUnavailable": 503,
    "RequestTimeout": 408,
    "MemoryQuotaViolation": 413,
    "ModuleExecutionError": 400,
    "InternalError": 500,
}


@pytest.mark.parametrize("code", REPLIES)
def test_what_a_worker_says_has_its_status(calling, monkeypatch, code):
    say(monkeypatch, CallReply(error=CallError(code=code, message="It went wrong", node="n1", line=3)))
    for path in (OURS, CLASSIC):
        told = calling.post(path)
        assert told.status_code == REPLIES[code]
        error = told.json()["error"]
        assert (error["code"], error["details"][0]["target"], error["details"][0]["line"]) == (code, "n1", 3)
        assert "line 3" in error["message"]
    inference = calling.post("/v2/models/twice/infer", {"inputs": []})
    assert inference.status_code == (429 if code == "RequestThrottled" else REPLIES[code])
    assert isinstance(inference.json()["error"], str)


def test_an_overload_says_when_to_come_back(calling, monkeypatch):
    say(monkeypatch, crowded(20))
    assert calling.post(OURS).headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "RequestIsEmpty"),
        (b"{", 400, "RequestBodyInvalid"),
        ({"Inputs": {"input2": []}}, 400, "InvalidInputNames"),
        ({"Inputs": {"input1": [{"size": "1.5"}]}}, 400, "InputParseError"),
    ],
)
def test_a_call_that_does_not_fit_is_refused(calling, body, status, code):
    told = calling.post(OURS, body)
    assert (told.status_code, told.json()["error"]["details"][0]["code"]) == (status, code)


def test_other_methods_and_codings_are_refused(calling):
    assert calling.get(OURS).status_code == 405
    assert calling.get(OURS).headers["Allow"] == "POST"
    assert calling.post("/v2/health/live").status_code == 405
    assert calling.post(OURS, **{"Content-Encoding": "gzip"}).status_code == 400


def test_the_open_inference_protocol(calling):
    for path in ("/v2", "/v2/health/live", "/v2/health/ready"):
        assert calling.get(path, key="nothing").status_code == 200
    told = calling.get("/v2/models/twice").json()
    assert (told["name"], told["versions"], told["inputs"][1]) == (
        "twice",
        ["1"],
        {"name": "size", "datatype": "INT64", "shape": [-1]},
    )
    for key in (None, "nothing"):
        told = calling.get("/v2/models/twice/versions/1/ready", key=key).json()
        assert told == {"name": "twice", "ready": True, "live": True}
    assert calling.get("/v2/models/twice/versions/7/ready", key="nothing").status_code == 404
    assert calling.get("/v2/models/thrice/ready", key="nothing").status_code == 404
    assert calling.get("/v2/models/twice", key=calling.others).status_code == 401
    tensor = {"name": "size", "shape": [2], "datatype": "INT64", "data": [4, None]}
    answer = calling.post("/v2/models/twice/versions/1/infer", {"id": "7", "inputs": [tensor]}).json()
    assert (answer["model_name"], answer["model_version"], answer["id"]) == ("twice", "1", "7")
    assert {o["name"]: o["data"] for o in answer["outputs"]}["double"] == [8, None]
    assert calling.get("/v2/models").status_code == 404


@pytest.mark.parametrize(
    "path", ["/v2x", "/workspaces/a/b/services/x/execute", "/api/v1/services/x", "/", "/v"]
)
def test_other_addresses_are_no_calls(path):
    assert call_path(path) is None


def test_the_documents_are_of_exactly_this_service(calling):
    told = calling.get("/api/v1/services/twice/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    ((path, methods),) = told["paths"].items()
    assert path == f"/api/v1/services/{calling.service.pk}/execute"
    content = methods["post"]["requestBody"]["content"]["application/json"]
    for example in content["examples"].values():
        assert calling.post(path, example["value"]).status_code == 200
    classic = calling.get("/workspaces/w/services/twice/swagger.json").json()
    assert classic["definitions"]["input1Item"]["required"] == ["size"]
    asked = classic["basePath"] + "/execute?api-version=2.0&format=swagger"
    assert calling.post(asked, classic["definitions"]["ExecutionRequest"]["example"]).status_code == 200


def test_the_list_tells_the_version_that_answers(calling):
    told = calling.get("/api/v1/services", key="test-token").json()
    assert told["total"] == 2
    assert {item["slug"]: (item["version"], item["keys"]) for item in told["items"]} == {
        "twice": (1, 1),
        "other": (1, 1),
    }


@pytest.mark.parametrize("ref", ["%00", "x%2Fy", "%F0%9F%98%80", "a" * 5000, "-", "%25"])
def test_odd_names_are_nobodys(calling, ref):
    for key in (calling.key, "test-token"):
        assert calling.post(f"/v2/models/{ref}/infer", key=key).status_code in (401, 404, 405)
