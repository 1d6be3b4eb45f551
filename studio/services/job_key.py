"""A service's key opens what the jobs of that service left."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja.security import HttpBearer

from studio.services.keys import digest, is_key
from studio.services.models import ServiceKey


class JobKey(HttpBearer):
    """Lets a call in whose path names the service that the key is for, as the service's owner."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        match = request.resolver_match
        if match is None or not is_key(token):
            return None
        keys = ServiceKey.objects.select_related("service__owner").filter(digest=digest(token))
        key = keys.filter(service=match.kwargs.get("id")).first()
        if key is None or not key.service.owner.is_active:
            return None
        request.user = key.service.owner
        return key.service.owner
