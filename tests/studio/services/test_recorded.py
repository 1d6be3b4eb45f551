"""Recorded calls: bounded, and gone once the owner says so; answers compared; backed up as bytes."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from studio.accounts.owner import owner
from studio.backup.rows import read_rows, write_rows
from studio.services import call_store
from studio.services.answer_changes import answer_changes
from studio.services.call_store import Minute
from studio.services.models import FailedCall, RecordedCall, Service, ServiceMinute
from studio.services.noted_call import LARGEST_RECORD, NotedCall


@pytest.fixture
def service(db) -> Service:
    return Service.objects.create(owner=owner(), name="One", slug="one", record_calls=3)


def noted(service: Service, number: int, **more) -> NotedCall:
    at = timezone.now() + timedelta(seconds=number)
    said = {"status": 200, "form": "classic", "body": b"\x00{}", "answer": b"{}", "record": 3} | more
    return NotedCall(request=f"r{number}", service=service.pk, version=1, at=at, milliseconds=5, **said)


def write(service, *calls: NotedCall, writer="w", count=1) -> None:
    minute = timezone.now().replace(second=0, microsecond=0)
    failed = [call for call in calls if call.failed]
    recorded = [call for call in calls if call.is_recorded]
    minutes = {(service.pk, minute): Minute(count, len(failed), Counter({40: count}))}
    call_store.write(writer, minutes, failed, recorded)


def test_the_newest_are_kept_and_none_once_recording_has_ended(service):
    write(service, *(noted(service, n) for n in range(5)))
    assert set(service.recorded_calls.values_list("pk", flat=True)) == {"r2", "r3", "r4"}
    Service.objects.update(record_calls=0)
    write(service, noted(service, 9))
    assert not service.recorded_calls.filter(pk="r9").exists(), "noted before it was turned off"


def test_calls_together_are_bounded_by_bytes(service, monkeypatch):
    monkeypatch.setattr(call_store, "MOST_BYTES", 1_000)
    write(service, *(noted(service, n, body=bytes(400)) for n in range(3)))
    assert set(service.recorded_calls.values_list("pk", flat=True)) == {"r1", "r2"}
    assert not noted(service, 1, body=bytes(LARGEST_RECORD + 1)).is_recorded
    assert not noted(service, 1, status=503).is_recorded, "it was never run"


def test_two_web_processes_count_beside_each_other_and_a_deleted_service_is_left_out(service):
    gone = Service(pk="gone", owner=owner(), name="Gone", slug="gone")
    write(service, writer="a", count=2)
    write(service, writer="a", count=5)
    write(service, writer="b", count=1)
    write(gone, noted(gone, 1, status=400))
    assert ServiceMinute.objects.count() == 2
    assert call_store.over_time(service, 1)["total"]["calls"] == 6
    assert not FailedCall.objects.exists()


def test_no_more_than_a_hundred_errors_are_kept(service):
    write(service, *(noted(service, n, status=500, answer=b"no json") for n in range(120)))
    found = call_store.newest_failures(service)
    assert (len(found), found[0]["request"], found[0]["code"]) == (100, "r119", "500")


def test_bytes_come_back_from_a_backup(service):
    write(service, noted(service, 1))
    file = io.StringIO()
    write_rows(RecordedCall, file, "default")
    RecordedCall.objects.all().delete()
    assert read_rows(RecordedCall, file.getvalue().splitlines()) == 1
    assert bytes(RecordedCall.objects.get().body) == b"\x00{}"


def classic(*rows, names=("a", "b")):
    value = {"ColumnNames": list(names), "Values": [list(row) for row in rows]}
    return json.dumps({"Results": {"output1": {"type": "table", "value": value}}}).encode()


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (classic(["1", None]), []),
        (classic(["2", "x"]), ["output1, row 1, a: 1 → 2", "output1, row 1, b: missing → x"]),
        (classic(["1"], names=["a"]), ["output1, row 1, b: missing → no such column"]),
        (classic(), ["output1 has 0 rows; it had 1."]),
        (b'{"error": {"message": "Too bad."}}', ["An error now: Too bad."]),
        (b'{"Results": {}}', ["The output output1 is gone."]),
        (b"[" * 100_000, ["The answers differ; they are no JSON, so that the rows are not compared here."]),
        (b"\x00", ["The answers differ; they are no JSON, so that the rows are not compared here."]),
    ],
)
def test_what_an_answer_says_otherwise(after, said):
    assert answer_changes(classic(["1", None]), after) == said
