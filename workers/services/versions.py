"""Versions of services as the database has them."""

from __future__ import annotations

from django.db.models import Max

from studio.database.pool import give_back
from studio.services.models import Service, ServiceVersion
from workers.services.version import Found, NoVersion, job_of

MOST = 10


def find(version: str) -> Found:
    """NoVersion where it was deleted, ArtifactGone where a value that it stands on is lost."""
    try:
        row = ServiceVersion.objects.select_related("service").get(pk=version)
        return Found(job_of(row.read(), row.service.memory_bytes), row.service.concurrency)
    except ServiceVersion.DoesNotExist:
        raise NoVersion("This version of the service was deleted.") from None
    finally:
        give_back()


def called_last() -> list[str]:
    """The versions in use of the services that were called last, MOST of them: a worker that starts has them
    warm before somebody calls."""
    services = Service.objects.annotate(used=Max("keys__last_used")).exclude(used=None).order_by("-used")
    found: list[str] = []
    for service, number in services.values_list("pk", "version")[:MOST]:
        found += ServiceVersion.objects.filter(service=service, number=number).values_list("pk", flat=True)
    return found
