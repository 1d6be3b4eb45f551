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


def home() -> Path:
    """Where all state lies: `STUDIO_HOME`, by default `.studio/` beside manage.py, and
    `~/.local/share/studio` where Studio is installed from its wheel."""
    usual = "~/.local/share/studio" if INSTALLED else ROOT / ".studio"
    path = Path(os.environ.get("STUDIO_HOME") or usual).expanduser().resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


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
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if found := path.read_text().strip():
            return found
        descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
    with os.fdopen(descriptor, "w") as file:
        secret = secrets.token_urlsafe(24)
        file.write(secret)
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
    return max(1, int(os.environ.get("STUDIO_WORKERS") or os.cpu_count() or 1))


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
    return int(os.environ.get("STUDIO_RESERVE_BYTES") or 512 << 20)


def store_max() -> int | None:
    """Bytes that the store may hold: `STUDIO_STORE_MAX` (also like `200G`); None leaves it to the disk."""
    given = os.environ.get("STUDIO_STORE_MAX")
    return read_bytes(given) if given else None


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
