"""Runs, their node runs, what those left on their ports and printed, and the cache."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from studio.artifacts.models import Artifact
from studio.experiments.models import Experiment
from studio.ids import new_id
from studio.live.broadcast import group_of, group_of_run


class State(models.TextChoices):
    """Of a run and of a node run; `skipped` is a node run's only."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


UNDER_WAY = (State.QUEUED, State.RUNNING)


class Purpose(models.TextChoices):
    """What a run is for. Only the first kind is an experiment's."""

    EXPERIMENT = "experiment"
    JOB = "service job"
    HEADLESS = "headless"
    TRAINING = "training"


class Run(models.Model):
    """One execution of a plan, for its `owner`. `graph` is the experiment file as it was when it began.
    `seq` counts what happened since. `served`: when a node of it was last claimed, at first when it was
    created; of two runs the one that was served earlier goes on first. With a `name` it is a version that
    somebody wants to find again.

    A run that is no experiment's has a `title` in its place, and the number 0. `given`: the artifacts that
    its plan has in place of nodes."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id)
    # Null only of a run that a web process of the release before began during an update: see `fill_owners`.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="runs"
    )
    purpose = models.CharField(
        max_length=12, choices=Purpose, default=Purpose.EXPERIMENT, db_default=Purpose.EXPERIMENT
    )
    experiment = models.ForeignKey(Experiment, null=True, on_delete=models.CASCADE, related_name="runs")
    title = models.CharField(max_length=200, blank=True, default="", db_default="")
    given = models.ManyToManyField(Artifact, related_name="given_to")
    number = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    graph = models.JSONField()
    until = models.JSONField(null=True)
    force = models.BooleanField(default=False)
    seq = models.PositiveIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    served = models.DateTimeField(default=timezone.now, db_default=Now())
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["experiment", "number"], name="one_run_a_number")]
        indexes = [
            models.Index(fields=["state", "created"]),
            models.Index(fields=["state", "served"]),
            models.Index(fields=["owner", "-created", "id"]),
        ]

    def __str__(self) -> str:
        return (
            f"run {self.number} of {self.experiment_id}"
            if self.experiment_id
            else f"{self.purpose} {self.pk}"
        )

    @property
    def watchers(self) -> str:
        """The group that hears of it: its experiment's, else its own."""
        return group_of(self.experiment_id) if self.experiment_id else group_of_run(self.pk)

    def earlier(self) -> QuerySet[Run]:
        """The earlier runs of the same experiment, newest first; none of a run that is no experiment's."""
        if self.experiment_id is None:
            return Run.objects.none()
        runs = Run.objects.filter(experiment_id=self.experiment_id, number__lt=self.number)
        return runs.order_by("-number")


class NodeRun(models.Model):
    """One node in a run.

    `waiting` counts the nodes above it that have not finished; at 0 it may be claimed. A worker
    claims it by compare-and-set on (`state`, `attempt`) and holds it until `lease`. `deaths` counts the
    workers that died while they held it. `plan` is what the plan says of it: module, params and where
    each input comes from. `basis` is what else its result stands on and `cause` what made it another than
    before (`studio.runs.reasons`); `saved` are the seconds that the cache saved, `peak_bytes`
    the most memory that its child held. `progress` (0 to 1) is
    what its script said last. `paused`: since when its debugger holds it, which is a part of running.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="nodes")
    node = models.CharField(max_length=200)
    place = models.PositiveIntegerField()
    plan = models.JSONField()
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    sources = models.ManyToManyField("self", symmetrical=False, related_name="targets")
    waiting = models.PositiveIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    deaths = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True, default="")
    lease = models.DateTimeField(null=True)
    cached = models.BooleanField(default=False)
    reason = models.TextField(blank=True, default="")
    error = models.JSONField(null=True)
    timings = models.JSONField(default=dict)
    peak_bytes = models.BigIntegerField(default=0)
    progress = models.FloatField(null=True)
    paused = models.DateTimeField(null=True)
    key = models.CharField(max_length=64, blank=True, default="")
    basis = models.JSONField(default=dict)
    cause = models.JSONField(null=True)
    saved = models.FloatField(default=0)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "node"], name="one_node_run_a_node")]
        indexes = [models.Index(fields=["state", "waiting", "run", "place"])]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.node} in {self.run_id}"

    @property
    def anew(self) -> bool:
        """Whether it is computed even where its result is known."""
        return bool(self.plan.get("anew"))

    @property
    def debugged(self) -> bool:
        """Whether somebody may stop it, and look."""
        return "debug" in self.plan

    @property
    def title(self) -> str:
        """What the node is called: by a person, else by its module."""
        from modules.registry import module_title  # the first page does without

        return str(self.plan.get("name") or module_title(self.plan["module"]))


class Output(models.Model):
    """What a node run left on one port."""

    node_run = models.ForeignKey(NodeRun, on_delete=models.CASCADE, related_name="outputs")
    port = models.CharField(max_length=64)
    artifact = models.ForeignKey(Artifact, on_delete=models.PROTECT, related_name="outputs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node_run", "port"], name="one_output_a_port")]

    def __str__(self) -> str:
        return f"{self.port} of {self.node_run_id}"


class LogChunk(models.Model):
    """Something a node run printed, in the order it came. `skipped` bytes right before it are left out."""

    node_run = models.ForeignKey(NodeRun, on_delete=models.CASCADE, related_name="log")
    seq = models.PositiveIntegerField()
    stream = models.CharField(max_length=8)
    text = models.TextField()
    skipped = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node_run", "seq"], name="one_log_chunk_a_place")]
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} of {self.node_run_id}"


class LineValues(models.Model):
    """What each line of a node run's script made. It goes with the node run; `key` is that of its result, so
    that who takes the result from the cache finds it."""

    node_run = models.OneToOneField(
        NodeRun, primary_key=True, on_delete=models.CASCADE, related_name="line_values"
    )
    key = models.CharField(max_length=64, blank=True, db_index=True)
    lines = models.JSONField()

    def __str__(self) -> str:
        return f"lines of {self.node_run_id}"


class TriedColumns(models.Model):
    """The columns that a node left when it was last tried on a sample: by port, types by name. They hold for
    as long as `above`, a digest of the node and all above it (`studio.runs.tried_columns`), is the same."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="tried_columns")
    node = models.CharField(max_length=200)
    above = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["experiment", "node"], name="one_try_a_node")]

    def __str__(self) -> str:
        return f"{self.node} of {self.experiment_id}, tried"


class CachedResult(models.Model):
    """What a key led to: artifacts by port, what was printed (stream, text, skipped), and the run that
    computed it."""

    key = models.CharField(primary_key=True, max_length=64)
    outputs = models.JSONField()
    printed = models.JSONField(default=list)
    run_number = models.PositiveIntegerField()
    experiment = models.ForeignKey(Experiment, null=True, on_delete=models.SET_NULL)
    seconds = models.FloatField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class Order(models.Model):
    """What the operator told a worker, or everyone where `worker` is empty (`studio.runs.orders`).
    `seconds`: after which a drain hands back what still runs."""

    class What(models.TextChoices):
        PAUSE = "pause"
        DRAIN = "drain"

    worker = models.CharField(primary_key=True, max_length=120, blank=True)
    what = models.CharField(max_length=8, choices=What)
    seconds = models.FloatField(default=0)
    given = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} to {self.worker or 'everyone'}"


class Release(models.Model):
    """Which release of Studio uses this database (`studio.runs.release`): one row."""

    name = models.CharField(max_length=100)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
