"""What another user of the machine finds: nothing to read, and nothing to take over."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from studio import config
from studio.artifacts.folder import Store
from tests.server import Server


def test_a_home_that_others_could_read_is_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o755)
    monkeypatch.setenv("STUDIO_HOME", str(home))
    assert config.home() == home
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    (tmp_path / "store").mkdir()
    (tmp_path / "store").chmod(0o755)
    Store(tmp_path / "store")
    assert stat.S_IMODE((tmp_path / "store").stat().st_mode) == 0o700


def test_nothing_in_a_home_is_for_others(server: Server) -> None:
    assert server.upload("private.csv", "a\n1\n").status_code == 201
    made = {path: path.lstat().st_mode & 0o777 for path in server.home.rglob("*") if not path.is_symlink()}
    assert {path.name for path in made} >= {"studio.sqlite3", "redis.sock", "secret-key", "store"}
    # Files of the store may be read by the sandbox's own users; all folders above are closed to all others.
    loose = {
        path: oct(mode)
        for path, mode in made.items()
        if mode & (0o022 if path.is_file() and "store" in path.parts else 0o077)
    }
    assert loose == {}


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    found = config.machine_folder()
    assert found.parent == tmp_path
    shutil.rmtree(found)
    return found


def test_the_machines_folder_is_taken_back_from_nobody(folder: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o777)
    folder.symlink_to(theirs)
    with pytest.raises(config.SettingError, match="somebody else may have made it"):
        config.machine_folder()
    folder.unlink()
    folder.mkdir()
    folder.chmod(0o770)
    with pytest.raises(config.SettingError, match="somebody else may have made it"):
        config.machine_folder()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder to another user")
def test_a_folder_of_another_user_is_refused(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    os.chown(folder, 65534, 65534)
    with pytest.raises(config.SettingError, match="somebody else may have made it"):
        config.machine_folder()


def test_without_a_folder_of_the_session_the_machines_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere/at/all")
    assert config.machine_folder().parent == Path(tempfile.gettempdir())
