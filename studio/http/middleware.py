"""No answer is a bare error page: under /api every error is problem+json, with a sentence."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

from studio.errors import StudioError, problem

log = logging.getLogger(__name__)

WORDS = {
    400: "The request could not be understood, or it asked for a host that Studio does not answer to.",
    403: "This was refused. Reload the page and try again; a call with a session needs its CSRF token.",
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "The request is too large.",
    503: "The database did not answer in time. Try again in a moment; Studio's log says more.",
    500: "Studio made a mistake. It is in the server's log; please report it with what you did.",
}


def problem_response(body: dict[str, object]) -> HttpResponse:
    return HttpResponse(
        json.dumps(body), status=int(str(body["status"])), content_type="application/problem+json"
    )


class PageFiles(WhiteNoiseMiddleware):
    """The files of the page, each in one piece: Django's asynchronous server would read a file that comes in
    pieces as a whole too, and warn of it."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        pieces = WhiteNoiseMiddleware.serve(static_file, request)
        answer = HttpResponse(b"".join(pieces.streaming_content), status=pieces.status_code)
        answer.headers = pieces.headers
        pieces.close()
        return answer


class SafeAnswers:
    """Turns whatever went wrong below into an answer a program and a person can read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith("/api/"):
            return response
        if response.get("Content-Type", "").startswith(("application/problem+json", "application/json")):
            return response
        detail = WORDS.get(response.status_code) or HTTPStatus(response.status_code).phrase
        answer = problem_response(problem(response.status_code, detail))
        if "Allow" in response:
            answer["Allow"] = response["Allow"]
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case StudioError():
                return problem_response(error.problem())
            case RequestDataTooBig():
                return problem_response(problem(413, WORDS[413]))
            case SuspiciousOperation():
                return problem_response(problem(400, str(error) or WORDS[400]))
            case OperationalError() | InterfaceError():
                log.error("%s %s: the database: %s", request.method, request.path, error)
                answer = problem_response(problem(503, WORDS[503]))
                answer["Retry-After"] = "2"
                return answer
        log.exception("%s %s failed", request.method, request.path)
        return problem_response(problem(500, WORDS[500]))
