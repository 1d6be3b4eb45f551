"""Which addresses are calls of a service, and what each asks. Pure.

/api/v1/services/{ref}/execute | jobs | jobs/{job} | openapi.json | swagger.json
/workspaces/{anything}/services/{ref}/execute | jobs | jobs/{job} | swagger.json      as ML Studio (classic)
/workspaces/{anything}/webservices/{ref}/endpoints/{anything}                  as ML Studio (classic)
/v2, /v2/health/…, /v2/models/{ref}[/versions/{v}][/ready | /infer]  Open Inference Protocol
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Asks = Literal[
    "execute",
    "jobs",
    "job",
    "openapi",
    "swagger",
    "server",
    "live",
    "server-ready",
    "model",
    "ready",
    "infer",
    "resource",
    "nothing",
]


class CallPath(NamedTuple):
    """`ref`: the id or slug of a service. `version`: the number that the address names. `inference`: it is an
    address of the Open Inference Protocol, whose errors look otherwise. `job`: the id of a job."""

    asks: Asks
    ref: str = ""
    version: str | None = None
    inference: bool = False
    job: str = ""

    @property
    def methods(self) -> tuple[str, ...]:
        """Those that the address takes."""
        return METHODS.get(self.asks, ("GET", "HEAD"))


METHODS: dict[Asks, tuple[str, ...]] = {
    "execute": ("POST",),
    "infer": ("POST",),
    "resource": ("PATCH",),
    "jobs": ("POST", "GET"),
    "job": ("GET", "DELETE"),
}
OURS = re.compile(r"/(?:api/v1|workspaces/[^/]+)/services/([^/]+)/(execute|jobs|openapi\.json|swagger\.json)")
JOB = re.compile(r"/(?:api/v1|workspaces/[^/]+)/services/([^/]+)/jobs/([^/]+)")
RESOURCE = re.compile(r"/workspaces/[^/]+/webservices/([^/]+)/endpoints/[^/]+")
MODEL = re.compile(r"/v2/models/([^/]+)(?:/versions/([^/]+))?(?:/(ready|infer))?")
SERVER: dict[str, Asks] = {"/v2": "server", "/v2/health/live": "live", "/v2/health/ready": "server-ready"}
DOCUMENTS: dict[str, Asks] = {
    "openapi.json": "openapi",
    "swagger.json": "swagger",
    "execute": "execute",
    "jobs": "jobs",
}


NAME = re.compile(r"[a-z0-9-]{1,80}")
"""An id or a slug."""


def call_path(path: str) -> CallPath | None:
    """What the address asks; None where it is no call.

    >>> call_path("/workspaces/x/services/twice/execute").ref
    'twice'
    """
    plain = path.rstrip("/")
    if found := OURS.fullmatch(plain):
        return CallPath(DOCUMENTS[found[2]], _name(found[1]))
    if found := JOB.fullmatch(plain):
        return CallPath("job", _name(found[1]), job=_name(found[2]))
    if found := RESOURCE.fullmatch(plain):
        return CallPath("resource", _name(found[1]))
    if plain != "/v2" and not plain.startswith("/v2/"):
        return None
    if plain in SERVER:
        return CallPath(SERVER[plain], inference=True)
    if found := MODEL.fullmatch(plain):
        asks: Asks = found[3] or "model"  # type: ignore[assignment]  # the pattern has these words only
        return CallPath(asks, _name(found[1]), found[2], inference=True)
    return CallPath("nothing", inference=True)


def _name(text: str) -> str:
    """What may be a name; a dash, which nothing is called, in place of anything else."""
    return text if NAME.fullmatch(text) else "-"
