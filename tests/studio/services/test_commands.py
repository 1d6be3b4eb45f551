"""Services by command: listed, switched, rolled back, and their keys."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from studio.accounts.owner import owner
from studio.services import generation
from studio.services.keys import digest
from studio.services.models import Service, ServiceKey, ServiceVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setattr(generation, "_count", lambda: None)
    made = Service.objects.create(owner=owner(), name="Twice", slug="twice")
    for number in (1, 2):
        ServiceVersion.objects.create(
            service=made,
            number=number,
            plan={"interface": {"inputs": [], "outputs": []}, "steps": [], "outputs": {}},
            run="r",
            run_number=number,
        )
    return made


def test_a_version_is_switched_and_rolled_back(service, capsys):
    call_command("services")
    assert f"{service.pk}  version 1  ready  Twice" in capsys.readouterr().out
    call_command("services", "switch", service.pk, "2")
    assert Service.objects.get().version == 2
    call_command("services", "roll-back", service.pk)
    assert Service.objects.get().version == 1
    call_command("services", "show", service.pk)
    assert "* version 1, run 1: ready" in capsys.readouterr().out


def test_keys_are_made_shown_and_revoked(service, capsys):
    call_command("services", "new-key", service.pk, "--name", "phone")
    key = capsys.readouterr().out.strip()
    row = ServiceKey.objects.get(digest=digest(key))
    call_command("services", "keys", service.pk)
    assert f"{row.pk}  phone  last used: never" in capsys.readouterr().out
    call_command("services", "revoke", service.pk, row.pk)
    assert not ServiceKey.objects.exists()
    call_command("services", "delete", service.pk)
    assert not Service.objects.exists()


@pytest.mark.parametrize("words", [["switch", "{id}", "9"], ["show", "nobody"], ["revoke", "{id}", "x"]])
def test_what_is_not_there_is_said(service, words, capsys):
    with pytest.raises(SystemExit) as left:
        call_command("services", *(word.format(id=service.pk) for word in words))
    assert left.value.code == 2
    assert "There is no" in capsys.readouterr().err or words[0] != "show"


def test_an_experiment_that_was_never_run_is_refused(capsys):
    from studio.experiments.actions import create_experiment
    from tests.builders import chain

    made = create_experiment(owner(), chain("def azureml_main(df):\n    return df\n").file())
    with pytest.raises(SystemExit) as left:
        call_command("publish", made.pk)
    assert left.value.code == 2
    assert "s1: The experiment was never run." in capsys.readouterr().err
