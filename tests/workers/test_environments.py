"""Who builds an environment, when another begins again, and what a result's key takes from it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from modules.interpreter import with_packages
from modules.registry import catalog
from studio.accounts.owner import owner
from studio.database.clock import clock
from studio.environments import actions
from studio.environments.lookup import Environments
from studio.environments.models import Environment
from studio.environments.pins import Pin, read_lock
from workers.engine.result_key import result_key
from workers.environments import builds, folders
from workers.identity import own_name

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "hint", lambda *_: True)


def held(worker: str, seconds: float) -> Environment:
    made = actions.create_environment(owner().pk, "held", ["herd"])
    Environment.objects.update(worker=worker, alive=clock.now() - timedelta(seconds=seconds))
    return made


def test_a_build_that_nobody_goes_on_with_is_begun_again() -> None:
    host = own_name().rsplit(":", 3)[0]
    made = held(f"{host}:999999:1:1.1", 1)
    assert builds.lost() == [made.pk], "its process is gone"
    Environment.objects.update(worker="elsewhere:1:2:3:4.5")
    assert builds.lost() == [], "another machine says that it goes on"
    Environment.objects.update(alive=clock.now() - timedelta(seconds=61))
    assert builds.lost() == [made.pk], "another machine has been silent for a minute"


def test_one_builds_and_others_wait() -> None:
    made = held("", 0)
    with builds._claimed(made.pk) as mine:
        assert mine is not None
        assert builds.lost() == []
        with builds._claimed(made.pk) as second:
            assert second is None
    Environment.objects.update(state="ready")
    with builds._claimed(made.pk) as late:
        assert late is None


def test_the_key_has_versions_and_no_name() -> None:
    spec = catalog()["execute-python-script"]
    one, other = (with_packages((("herd", version),)) for version in ("1.0", "2.0"))
    key = result_key(spec, {"script": "x", "environment": "a"}, {}, one)
    assert key == result_key(spec, {"script": "x", "environment": "b"}, {}, one)
    assert key != result_key(spec, {"script": "x", "environment": "a"}, {}, other)
    assert key != result_key(spec, {"script": "x", "environment": ""}, {})


def test_the_same_requirements_mean_the_same_environment() -> None:
    made = actions.create_environment(owner().pk, "mine", "Herd >= 1\n# a comment\n")
    header = '# /// script\n# dependencies = ["herd>=1"]\n# ///\n'
    found = actions.for_headers(owner().pk, [{"script": header}])
    assert found.of({"script": header}) == made
    assert Environments(owner().pk).of({"script": "x = 1"}) is None
    assert Environment.objects.count() == 1


def test_a_stranger_s_lock_brings_versions_and_hashes_only() -> None:
    digest = "a" * 64
    text = f"herd==1.0 --hash=sha256:{digest} --index-url http://evil\nwolf @ http://evil/w.whl\n-r /etc/x\n"
    assert read_lock(text) == [Pin("herd", "1.0", f" --hash=sha256:{digest}")]


def test_what_is_installed_is_taken_over_without_following_it(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("STUDIO_HOME", str(tmp_path / "home"))
    outside = tmp_path / "outside"
    outside.write_text("theirs")
    with folders.draft() as draft:
        site = draft / folders.SITE
        site.mkdir()
        (site / "herd.py").write_text("VERSION = 1")
        (site / "herd.py").chmod(0o4777)
        (site / "link").symlink_to(outside)
        folders.keep(draft, "k" * 32, folders.Facts({"herd": "1"}, ["herd"], 0))
    kept = folders.site_of("k" * 32)
    assert [path.name for path in kept.iterdir()] == ["herd.py"]
    assert (kept / "herd.py").stat().st_mode & 0o7777 == 0o755
    assert outside.read_text() == "theirs"
    assert folders.facts_of("k" * 32).packages == {"herd": "1"}
