"""docker-compose.yml and Dockerfile say what is so: services, settings, commands and files that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r'(?:environ\.get|_number|_bytes)\("([A-Z_]+)"')
KNOWN = set(READ.findall((ROOT / "studio/config.py").read_text()))
ROLE = "./docs/deployment/role.sql"
OF_COMPOSE = {
    "STUDIO_SECURITY_OPT",
    "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
    "STUDIO_PUBLISH",
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text()


def test_web_worker_redis_and_postgres_share_one_volume(compose):
    services = compose["services"]
    assert set(services) == {"web", "worker", "redis", "postgres"}
    assert services["web"]["volumes"] == services["worker"]["volumes"] == ["studio:/data"]
    assert services["web"]["environment"]["STUDIO_HOME"] == "/data"
    named = {
        volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])
    } - {ROLE}
    assert named == set(compose["volumes"])


@pytest.mark.parametrize("name", ["web", "worker"])
def test_every_setting_is_one_that_studio_reads(compose, name):
    environment = compose["services"][name]["environment"]
    assert set(environment) <= KNOWN, set(environment) - KNOWN
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert asked <= KNOWN | OF_COMPOSE


def test_addresses_name_services(compose):
    environment = compose["services"]["web"]["environment"]
    assert "@postgres:5432/studio" in environment["DATABASE_URL"]
    assert environment["REDIS_URL"] == "redis://:${REDIS_PASSWORD:-studio}@redis:6379/0"


def test_redis_has_a_password(compose):
    redis = compose["services"]["redis"]
    *_, option, password = redis["command"]
    assert option == "--requirepass"
    assert password == redis["environment"]["REDISCLI_AUTH"] == "${REDIS_PASSWORD:-studio}"


@pytest.mark.parametrize("name", ["web", "worker"])
def test_commands_and_health_checks_are_commands_of_manage_py(compose, name):
    service = compose["services"][name]
    kind, *check = service["healthcheck"]["test"]
    assert kind == "CMD"
    for command in (service["command"], check):
        assert command[:2] == ["python", "manage.py"]
        assert command[2] in get_commands()
    assert check[2:] == ["health", name]


def test_whoever_waits_waits_for_something_with_a_health_check(compose):
    services = compose["services"]
    for service in services.values():
        for other, how in service.get("depends_on", {}).items():
            assert how == {"condition": "service_healthy"}
            assert "healthcheck" in services[other]


def test_only_the_page_can_be_reached_and_only_from_this_machine(compose):
    published = {
        name: service["ports"] for name, service in compose["services"].items() if "ports" in service
    }
    assert published == {"web": ["${STUDIO_PUBLISH:-127.0.0.1:8000}:8000"]}


def test_the_image_copies_what_exists_and_runs_as_nobody_special(dockerfile):
    for line in dockerfile.replace("\\\n", " ").splitlines():
        words = shlex.split(line) if line.startswith("COPY") and "--from" not in line else []
        for source in words[1:-1]:
            assert (ROOT / source).exists() or (ROOT / "frontend" / source).exists(), source
    assert "\nUSER studio\n" in dockerfile
    assert dockerfile.index("USER studio") < dockerfile.index('CMD ["python", "manage.py"')
