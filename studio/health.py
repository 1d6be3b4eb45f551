"""`GET /health`: whether this process answers. For whoever watches it; it tells nothing else, to anybody."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

router = Router()


@router.get("/health", auth=None, include_in_schema=False)
def health(request: HttpRequest) -> dict[str, bool]:
    return {"ok": True}
