"""The HTTP API under /api/v1: every room's router, one way to answer errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from studio.accounts.api import router as accounts
from studio.accounts.auth import signed_in
from studio.accounts.owner import user_of_token
from studio.accounts.passes_api import router as passes
from studio.agents.api import router as agents
from studio.artifacts.api import router as artifacts
from studio.artifacts.evaluation_api import router as evaluation
from studio.artifacts.explore_api import router as explore
from studio.artifacts.models_api import router as models
from studio.catalog.api import router as catalog
from studio.datasets.api import router as datasets
from studio.desk.api import router as desk
from studio.environments.api import router as environments
from studio.errors import StudioError, problem
from studio.experiments.api import router as experiments
from studio.housekeeping.api import router as usage
from studio.http.middleware import WORDS, problem_response
from studio.http.strict_json import NotJson, read_json
from studio.network.api import router as network
from studio.openapi_document import DocumentedAPI, OwnSwagger
from studio.own_modules.api import router as own_modules
from studio.runs.api import router as runs
from studio.runs.consoles_api import router as consoles
from studio.runs.line_values_api import router as line_values
from studio.runs.sampling_api import router as sampling
from studio.runs.script_help_api import router as script_help
from studio.runs.training_api import router as training
from studio.runs.workers_api import router as workers
from studio.samples.api import router as samples
from studio.secrets.api import router as secrets
from studio.services.api import router as services
from studio.services.calls_api import router as service_calls
from studio.services.retrain_api import router as service_models
from studio.uploads.api import router as uploads


def for_the_signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The API's own description is for those who may use it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        bearer = user_of_token(request, token.strip()) if scheme.lower() == "bearer" else None
        if bearer is None and not request.user.is_authenticated:
            return on_not_signed_in(request, AuthenticationError())
        return view(request, *args, **kwargs)

    return guarded


class StrictParser(Parser):
    """Bodies as everybody reads them."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body: dict[str, Any] = read_json(request.body)
        return body


api = DocumentedAPI(
    parser=StrictParser(),
    title="Studio",
    version="1",
    description="The visual experiment designer's HTTP API.",
    openapi_url="/openapi.json",
    docs_url="/docs",
    docs=OwnSwagger(),
    auth=signed_in(),
    docs_decorator=for_the_signed_in,
    urls_namespace="api-1",
)
for router in (
    accounts,
    passes,
    catalog,
    datasets,
    uploads,
    environments,
    secrets,
    network,
    own_modules,
    services,
    service_calls,
    service_models,
    runs,
    sampling,
    line_values,
    consoles,
    script_help,
    desk,
    experiments,
    artifacts,
    explore,
    evaluation,
    models,
    training,
    usage,
    workers,
    samples,
    agents,
):
    # runs before experiments: /experiments/validate must be tried before /experiments/{id}
    api.add_router("", router)


@api.exception_handler(StudioError)
def on_studio_error(request: HttpRequest, error: StudioError) -> HttpResponse:
    answer = problem_response(error.problem())
    if error.status in (429, 503):
        answer["Retry-After"] = "2"
    return answer


@api.exception_handler(AuthenticationError)
def on_not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem_response(
        problem(
            401,
            "Sign in first: send `Authorization: Bearer TOKEN`, or open the address that Studio printed.",
        )
    )
    answer["WWW-Authenticate"] = 'Bearer realm="Studio"'
    return answer


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    why = error.__cause__ if isinstance(error.__cause__, NotJson) else "it must be valid JSON"
    detail = {403: WORDS[403], 400: f"The body cannot be parsed: {why}."}.get(error.status_code, str(error))
    return problem_response(problem(error.status_code, detail))


@api.exception_handler(MultiPartParserError)
def on_broken_form(request: HttpRequest, error: MultiPartParserError) -> HttpResponse:
    return problem_response(problem(400, f"The form cannot be read: {error}."))


NO_FILE = "no file came; send a part of this name, with a file name, as curl -F file=@sales.csv sends it"


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    items: list[dict[str, Any]] = [
        {
            "loc": [part for part in item["loc"] if part not in ("body", "payload")],
            "code": item["type"],
            "message": item["msg"],
        }
        if tuple(item["loc"]) != ("file", "file")
        else {"loc": ["file"], "code": "missing", "message": NO_FILE}
        for item in error.errors
    ]
    first = items[0] if items else {"loc": [], "message": "it does not fit"}
    where = ".".join(str(part) for part in first["loc"]) or "the request"
    return problem_response(problem(422, f"{where}: {first['message']}.", items))
