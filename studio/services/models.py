"""Services, their versions, what those stand on, and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from studio.artifacts.models import Artifact
from studio.experiments.models import Experiment
from studio.ids import new_id
from studio.runs.models import Run

if TYPE_CHECKING:
    from modules.exchange.plan import ServicePlan

TIMEOUT_S, CONCURRENCY = 120, 20


class Service(models.Model):
    """`version`: the number of the one that answers; `previous`: of the one before the last switch. `slug`:
    what it is called in addresses. `memory_bytes`: of one call; null is the usual bound. `concurrency`: calls
    that are answered at once; more are told to come back. `experiment` is null once that was deleted.
    `record_calls`: how many calls are kept with their rows, the newest; 0 unless the owner asks for it."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="services")
    experiment = models.ForeignKey(Experiment, null=True, on_delete=models.SET_NULL, related_name="services")
    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=80, unique=True)
    description = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    previous = models.PositiveIntegerField(null=True)
    timeout_s = models.PositiveIntegerField(default=TIMEOUT_S)
    memory_bytes = models.BigIntegerField(null=True)
    concurrency = models.PositiveIntegerField(default=CONCURRENCY)
    record_calls = models.PositiveIntegerField(default=0, db_default=0)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-created"])]

    def __str__(self) -> str:
        return self.name


class ServiceVersion(models.Model):
    """`plan` is a ServicePlan. `run`, `run_number`: which run it was captured from. `choices`: what a person
    chose for it (`studio.services.captured.Choices`), taken again when the experiment is published again."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    plan = models.JSONField()
    run = models.CharField(max_length=16)
    run_number = models.PositiveIntegerField()
    choices = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "number"], name="one_version_a_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"version {self.number} of {self.service_id}"

    def read(self) -> ServicePlan:
        from modules.exchange.plan import ServicePlan  # the first page does without

        return ServicePlan.model_validate(self.plan)


class ServiceValue(models.Model):
    """That a version stands on an artifact, which is kept as long as the version is."""

    version = models.ForeignKey(ServiceVersion, on_delete=models.CASCADE, related_name="values")
    artifact = models.ForeignKey(Artifact, on_delete=models.PROTECT, related_name="service_values")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "artifact"], name="one_value_a_version")]

    def __str__(self) -> str:
        return f"{self.artifact_id[:12]} of {self.version_id}"


class ServiceKey(models.Model):
    """`digest`: SHA-256 of the key, which is kept nowhere. `calls_a_minute`, `most_bytes`: what it may do;
    null is no bound of its own."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    calls_a_minute = models.PositiveIntegerField(null=True)
    most_bytes = models.PositiveBigIntegerField(null=True)
    created = models.DateTimeField(auto_now_add=True)
    last_used = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created", "id"]

    def __str__(self) -> str:
        return f"key {self.name} of {self.service_id}"


class ServiceJob(models.Model):
    """A batch of rows on its way through a version, as a run of its own. `outputs`: by name, `{"artifact"}`
    where that is known from the start, else `{"node", "port"}` of the run."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    version = models.ForeignKey(ServiceVersion, on_delete=models.CASCADE, related_name="jobs")
    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="job")
    outputs = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["version", "-created"])]

    def __str__(self) -> str:
        return f"job {self.pk} of {self.version_id}"


class ServiceMinute(models.Model):
    """The calls that one web process answered in a minute. `writer`: which process; each writes rows of its
    own alone. `spent`: how many calls took how long, by step of `studio.services.latency`."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="minutes")
    minute = models.DateTimeField()
    writer = models.CharField(max_length=16)
    calls = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()
    spent = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "minute", "writer"], name="one_row_a_minute_and_writer"
            )
        ]
        indexes = [models.Index(fields=["minute"])]

    def __str__(self) -> str:
        return f"{self.calls} calls of {self.service_id} at {self.minute:%H:%M}"


class FailedCall(models.Model):
    """A call that was answered with an error. The id is the request's, which its caller got as
    X-Request-ID."""

    id = models.CharField(primary_key=True, max_length=16)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="failed_calls")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    milliseconds = models.FloatField()
    status = models.PositiveIntegerField()
    code = models.CharField(max_length=100)
    message = models.TextField()
    log = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["service", "-at"])]

    def __str__(self) -> str:
        return f"{self.status} {self.code} of {self.service_id}"


class RecordedCall(models.Model):
    """A call as it came, and its answer: kept only where the owner asked for it, and for the owner alone."""

    id = models.CharField(primary_key=True, max_length=16)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="recorded_calls")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    form = models.CharField(max_length=20)
    query = models.JSONField(default=dict)
    body = models.BinaryField()
    status = models.PositiveIntegerField()
    answer = models.BinaryField()
    size = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["service", "-at"])]

    def __str__(self) -> str:
        return f"a call of {self.service_id} at {self.at:%H:%M}"
