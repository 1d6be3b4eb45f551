"""The environment's settings, read once. All are optional; README lists them."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT_PAGE = ROOT / "studio" / "built_page"
INSTALLED = BUILT_PAGE.is_dir()  # by the wheel, which has the page inside; a checkout never has
UNIX_SOCKET_MAX = 100  # bytes a Unix socket's path may have (108 in Linux), with some left to spare


class SettingError(ValueError):
    """A setting that cannot be; the message says which, and what to do. Commands end with EX_CONFIG."""


def home() -> Path:
    """Where all state lies: `STUDIO_HOME`, by default `.studio/` beside manage.py, and
    `~/.local/share/studio` where Studio is installed from its wheel."""
    usual = "~/.local/share/studio" if INSTALLED else ROOT / ".studio"
    path = Path(os.environ.get("STUDIO_HOME") or usual).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _no_home(path, str(error.strerror)) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise _no_home(path, "it may not be written to")
    return path


def _no_home(path: Path, why: str) -> SettingError:
    return SettingError(
        f"Studio cannot keep its state in {path}: {why[:1].lower()}{why[1:]}. "
        "Mend that, or name another folder in STUDIO_HOME."
    )


def _number(name: str, default: int) -> int:
    given = os.environ.get(name) or str(default)
    if not given.strip().isdecimal():
        raise SettingError(f"{name} is {given!r}, but it must be a whole number.")
    return int(given)


def page_folder() -> Path:
    """Where the built page lies."""
    return BUILT_PAGE if INSTALLED else ROOT / "frontend" / "dist"


def command(*arguments: str) -> list[str]:
    """How one of our commands is started. Nothing is imported from the folder it is started in."""
    program = ["-P", "-m", "studio"] if INSTALLED else [str(ROOT / "manage.py")]
    return [sys.executable, *program, *arguments]


def kept_secret(name: str) -> str:
    """A random secret that is made once and kept, readable by its owner only, in STUDIO_HOME."""
    path = home() / name
    try:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if found := path.read_text().strip():
                return found
            descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
        with os.fdopen(descriptor, "w") as file:
            secret = secrets.token_urlsafe(24)
            file.write(secret)
    except OSError as error:  # the disk is full, or the file is somebody else's
        raise _no_home(path.parent, f"{name}: {error.strerror}") from error
    return secret


def secret_key() -> str:
    """What sessions are signed with."""
    return kept_secret("secret-key")


def owner_token() -> str:
    """The owner's token: `STUDIO_TOKEN`, else one that is kept in STUDIO_HOME."""
    return os.environ.get("STUDIO_TOKEN") or kept_secret("token")


def machine_folder() -> Path:
    """A folder of this Studio's on this machine, also where STUDIO_HOME lies on a shared disk."""
    short = hashlib.blake2b(os.fsencode(home()), digest_size=8).hexdigest()
    folder = Path(tempfile.gettempdir()) / f"studio-{os.getuid()}-{short}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def redis_socket() -> Path:
    """The private Redis's Unix socket, in STUDIO_HOME unless that path is too long for a socket."""
    path = home() / "redis.sock"
    return path if len(os.fsencode(path)) <= UNIX_SOCKET_MAX else machine_folder() / "redis.sock"


def redis_url() -> str:
    """`REDIS_URL`, else the private server's (as redis-py spells it)."""
    return os.environ.get("REDIS_URL") or f"unix://{redis_socket()}"


def broker_url() -> str:
    """The same server as Celery spells it."""
    url = redis_url()
    return "redis+socket://" + url.removeprefix("unix://") if url.startswith("unix://") else url


def workers() -> int:
    """How many nodes may run at once on this machine: `STUDIO_WORKERS`, else one a core."""
    return max(1, _number("STUDIO_WORKERS", os.cpu_count() or 1))


def host() -> str:
    return os.environ.get("STUDIO_HOST") or "127.0.0.1"


def port() -> int:
    return int(os.environ.get("STUDIO_PORT") or 8000)


def store_url() -> str:
    """`STUDIO_STORE` (file:///… or s3://…), by default the folder `store` in STUDIO_HOME."""
    return os.environ.get("STUDIO_STORE") or f"file://{home() / 'store'}"


def database_url() -> str:
    return os.environ.get("DATABASE_URL") or f"sqlite:///{home() / 'studio.sqlite3'}"


def reserve() -> int:
    """Bytes of disk that stay free: `STUDIO_RESERVE_BYTES`, else 512 MiB."""
    return _number("STUDIO_RESERVE_BYTES", 512 << 20)


def check() -> None:
    """Reads every setting that may be wrong; SettingError says which is."""
    workers(), reserve(), store_max()


def store_max() -> int | None:
    """Bytes that the store may hold: `STUDIO_STORE_MAX` (also like `200G`); None leaves it to the disk."""
    given = os.environ.get("STUDIO_STORE_MAX")
    try:
        return read_bytes(given) if given else None
    except ValueError as error:
        raise SettingError(f"STUDIO_STORE_MAX: {error}") from error


def read_bytes(text: str) -> int:
    """`1048576`, `1M`, `1.5 GiB`: bytes, in steps of 1,024. ValueError where it is nothing of the kind."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?\s*", text, re.IGNORECASE)
    if found is None:
        raise ValueError(f"{text!r} is not a size; write it like 50G, 800M or 1073741824.")
    number, unit = found.groups()
    return int(float(number) * 1024 ** " KMGT".index(unit.upper() or " "))


def sandbox() -> str:
    """`STUDIO_SANDBOX`: "auto", or "off" by explicit choice."""
    return os.environ.get("STUDIO_SANDBOX") or "auto"


def allowed_hosts() -> list[str]:
    """Names this server answers to; any, once it is bound to more than this machine. Its own names always:
    `up` and the health check ask by them."""
    own = ["127.0.0.1", "localhost", "[::1]"]
    if given := os.environ.get("STUDIO_ALLOWED_HOSTS"):
        return [*(name.strip() for name in given.split(",") if name.strip()), *own]
    return own if host() in ("127.0.0.1", "localhost", "::1") else ["*"]
