"""Services over HTTP: publishing, versions and keys. Calls are answered in `studio.services.calls`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router, Status

from studio.accounts.access import access_experiment, access_service, visible_services
from studio.accounts.auth import signed_in, user_of
from studio.artifacts.downloads import send_table
from studio.http.paging import Limit, Offset, Page, page_of
from studio.services import actions, call_store, generation, jobs, keys
from studio.services.api_schemas import (
    CaptureOut,
    MakeKey,
    NewKey,
    Publish,
    PublishAgain,
    ServiceItem,
    ServiceMade,
    ServiceOut,
    ServicePatch,
    SnippetsOut,
    SwitchTo,
    VersionOut,
    interface,
    service_item,
    service_out,
    state_of,
)
from studio.services.changes import changes
from studio.services.job_key import JobKey
from studio.services.models import Service, ServiceVersion
from studio.services.snippets import snippets

router = Router(tags=["services"])


def call_url(request: HttpRequest, service: Service) -> str:
    """Where calls of a service go."""
    return request.build_absolute_uri(f"/api/v1/services/{service.pk}/execute")


@router.post(
    "/experiments/{id}/services/capture", response=CaptureOut, summary="What would be published, and what not"
)
def capture_experiment(request: HttpRequest, id: str, payload: Publish | None = None) -> dict[str, Any]:
    """Makes nothing. 422 where no run of the experiment has finished."""
    said = payload or Publish()
    run, found = actions.captured(access_experiment(request.user, id), said.choices())
    told = interface(found.plan.interface) if found.plan else {"inputs": [], "outputs": [], "parameters": []}
    return {
        **told,
        "run": run.pk,
        "run_number": run.number,
        "problems": found.problems,
        "path": found.path,
        "constant": found.constant,
        "input_places": found.inputs,
        "output_places": found.outputs,
        "input_modules": found.input_modules,
        "output_modules": found.output_modules,
        "markable": found.markable,
        "notes": found.notes,
    }


@router.post("/experiments/{id}/services", response={201: ServiceMade}, summary="Publish it as a web service")
def publish_experiment(request: HttpRequest, id: str, payload: Publish | None = None) -> Status[Any]:
    """As it was in its latest finished run. 422 with problems anchored to nodes where it cannot be one."""
    said = payload or Publish()
    experiment = access_experiment(request.user, id)
    service, key = actions.publish(user_of(request), experiment, said.name, said.choices())
    return Status(201, {**service_out(service, call_url(request, service)), "key": key})


@router.get("/services", response=Page[ServiceItem], summary="Your web services, the newest first")
def list_services(
    request: HttpRequest, limit: Limit = 100, offset: Offset = 0, experiment: str | None = None
) -> dict[str, Any]:
    """`experiment`: those that were published from it."""
    rows = visible_services(request.user).order_by("-created", "id")
    if experiment is not None:
        rows = rows.filter(experiment=experiment)

    def items(services: list[Any]) -> list[dict[str, Any]]:
        current, counts = actions.current_versions(services), actions.key_counts(services)
        lately = call_store.lately(services)
        return [
            service_item(
                each,
                current[each.pk],
                call_url(request, each),
                counts.get(each.pk, 0),
                lately.get(each.pk, {}),
            )
            for each in services
        ]

    return page_of(rows, limit, offset, items)


@router.get("/services/{id}", response=ServiceOut, summary="One web service")
def get_service(request: HttpRequest, id: str) -> dict[str, Any]:
    service = access_service(request.user, id)
    return service_out(service, call_url(request, service))


@router.get("/services/{id}/snippets", response=SnippetsOut, summary="Programs that call it")
def get_snippets(request: HttpRequest, id: str) -> dict[str, Any]:
    """One a language. Each sends a row of sample values, and takes a key from STUDIO_SERVICE_KEY."""
    service = access_service(request.user, id)
    schema = service.versions.get(number=service.version).read().interface
    return {"items": [made._asdict() for made in snippets(schema, call_url(request, service))]}


@router.patch("/services/{id}", response=ServiceOut, summary="Rename it, or set its limits")
def change_service(request: HttpRequest, id: str, payload: ServicePatch) -> dict[str, Any]:
    """`memory_bytes` null is the usual bound."""
    said = payload.dict(exclude_unset=True)
    said = {name: value for name, value in said.items() if value is not None or name == "memory_bytes"}
    service = actions.update_service(access_service(request.user, id), said)
    return service_out(service, call_url(request, service))


@router.delete("/services/{id}", response={204: None}, summary="Delete it, with its versions and keys")
def delete_service(request: HttpRequest, id: str) -> Status[None]:
    actions.delete_service(access_service(request.user, id))
    return Status(204, None)


@router.post("/services/{id}/versions", response={201: VersionOut}, summary="Publish its experiment again")
def publish_again(request: HttpRequest, id: str, payload: PublishAgain | None = None) -> Status[Any]:
    """The new version answers nobody before a switch; `changes` says what callers would notice."""
    service = access_service(request.user, id)
    made = actions.publish_again(service, payload.choices_or_none() if payload else None)
    return Status(201, version_out(service, made))


@router.get("/services/{id}/versions/{version}", response=VersionOut, summary="One version of it")
def get_version(request: HttpRequest, id: str, version: int) -> dict[str, Any]:
    service = access_service(request.user, id)
    return version_out(service, actions.version_of(service, version))


@router.post("/services/{id}/switch", response=ServiceOut, summary="Let another version answer")
def switch_version(request: HttpRequest, id: str, payload: SwitchTo) -> dict[str, Any]:
    service = actions.switch(access_service(request.user, id), payload.version)
    return service_out(service, call_url(request, service))


@router.post("/services/{id}/keys", response={201: NewKey}, summary="Make a key")
def make_key(request: HttpRequest, id: str, payload: MakeKey | None = None) -> Status[Any]:
    """The key is shown this once."""
    said = payload or MakeKey()
    service = access_service(request.user, id)
    key, made = keys.make_key(service, said.name, said.calls_a_minute, said.most_bytes)
    generation.changed()
    return Status(201, {"id": made.pk, "name": made.name, "key": key})


@router.delete("/services/{id}/keys/{key}", response={204: None}, summary="Revoke a key")
def revoke_key(request: HttpRequest, id: str, key: str) -> Status[None]:
    """It opens nothing from now on."""
    keys.revoke(access_service(request.user, id), key)
    generation.changed()
    return Status(204, None)


@router.get(
    "/services/{id}/jobs/{job}/outputs/{name}",
    auth=[JobKey(), *signed_in()],
    summary="A table that a job left, as a file",
)
def get_job_output(
    request: HttpRequest, id: str, job: str, name: str, format: str = "csv"
) -> StreamingHttpResponse:
    """With a key of the service, or signed in. As csv, parquet, arrow, jsonl and whatever else tables are
    downloaded as."""
    service = access_service(request.user, id)
    return send_table(jobs.finished_table(jobs.find(service.pk, job), name), format)


def version_out(service: Service, version: ServiceVersion) -> dict[str, Any]:
    """A version as the API tells of it."""
    schema = version.read().interface
    current = service.versions.get(number=service.version).read().interface
    return {
        "id": service.pk,
        "name": service.name,
        "version": version.number,
        "state": state_of(version)[0],
        **interface(schema),
        "changes": changes(current, schema),
        "in_use": version.number == service.version,
    }
