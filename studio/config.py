"""The environment's settings, read once. All are optional; README lists them."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from modules.sdk.network import Host, read_hosts

ROOT = Path(__file__).resolve().parent.parent
BUILT_PAGE = ROOT / "studio" / "built_page"
INSTALLED = BUILT_PAGE.is_dir()  # by the wheel, which has the page inside; a checkout never has
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LEAST_TOKEN = 16  # characters of STUDIO_TOKEN, where strangers can reach the page
SHORTEST_KEY = 32  # characters of STUDIO_SECRET_KEY
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
        if path.stat().st_mode & 0o077:  # the database, sessions and the token lie in it
            path.chmod(0o700)
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


def keep_secret(name: str, secret: str) -> None:
    """Keeps that one in place of its own."""
    draft = home() / f"{name}.draft"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    os.replace(draft, home() / name)


def secrets_to_share() -> list[str]:
    """Which of the kept secrets are used: those that the environment does not say."""
    said = {"secret-key": "STUDIO_SECRET_KEY", "token": "STUDIO_TOKEN"}
    return [name for name, setting in said.items() if not os.environ.get(setting)]


def secret_key() -> str:
    """What sessions are signed with: `STUDIO_SECRET_KEY`, else one that is kept in STUDIO_HOME."""
    given = os.environ.get("STUDIO_SECRET_KEY")
    if given and len(given) < SHORTEST_KEY:
        raise SettingError(
            f"STUDIO_SECRET_KEY has {len(given)} characters; sessions need one of at least {SHORTEST_KEY}, "
            "like the output of `openssl rand -base64 32`."
        )
    return given or kept_secret("secret-key")


def session_cookie() -> str:
    """Its name tells this Studio from others on the same host: a browser sends a cookie to every port."""
    instance = hashlib.blake2b(secret_key().encode(), digest_size=4).hexdigest()
    return f"{'__Host-' if behind_tls() else ''}studio_session_{instance}"


def owner_token() -> str:
    """The owner's token: `STUDIO_TOKEN`, else one that is kept in STUDIO_HOME."""
    return os.environ.get("STUDIO_TOKEN") or kept_secret("token")


def weak_token() -> str | None:
    """What to say where others can reach Studio and may guess the owner's token."""
    if (length := len(owner_token())) >= LEAST_TOKEN or loopback_only():
        return None
    return (
        f"The owner's token has {length} characters; it needs {LEAST_TOKEN} where others can reach "
        "Studio, since it can be guessed. Set another STUDIO_TOKEN, or none: then one is made."
    )


def machine_folder() -> Path:
    """A folder of this Studio's on this machine, also where STUDIO_HOME lies on a shared disk. Anybody may
    make folders where temporary files lie, so one that is not ours alone is refused."""
    short = hashlib.blake2b(os.fsencode(home()), digest_size=8).hexdigest()
    base = Path(os.getenv("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    if not (base.is_absolute() and os.access(base, os.W_OK | os.X_OK)):
        base = Path(tempfile.gettempdir())
    folder = base / f"studio-{os.getuid()}-{short}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise SettingError(
            f"{folder} is not a folder of this user's alone: somebody else may have made it. "
            "Remove it, or let XDG_RUNTIME_DIR name a folder that only this user may write to."
        )
    return folder


def redis_socket() -> Path:
    """The private Redis's Unix socket, in STUDIO_HOME unless that path is too long for a socket."""
    path = home() / "redis.sock"
    return path if len(os.fsencode(path)) <= UNIX_SOCKET_MAX else machine_folder() / "redis.sock"


def redis_url() -> str:
    """`REDIS_URL`, else the private server's (as redis-py spells it)."""
    return os.environ.get("REDIS_URL") or f"unix://{redis_socket()}"


def broker_url() -> str:
    """Returns the address of the Redis server as Celery spells it."""
    url = redis_url()
    return "redis+socket://" + url.removeprefix("unix://") if url.startswith("unix://") else url


def workers() -> int:
    """How many nodes may run at once on this machine: `STUDIO_WORKERS`, else one a core."""
    return max(1, _number("STUDIO_WORKERS", os.cpu_count() or 1))


def stop_seconds() -> int:
    """How long a worker that is told to stop lets its nodes go on, before it hands them back."""
    return _number("STUDIO_STOP_SECONDS", 25)


def service_idle_seconds() -> int:
    """How long a service stays warm without a call: `STUDIO_SERVICE_IDLE_SECONDS`, else 15 minutes."""
    return _number("STUDIO_SERVICE_IDLE_SECONDS", 900)


def host() -> str:
    return os.environ.get("STUDIO_HOST") or "127.0.0.1"


def port() -> int:
    return int(os.environ.get("STUDIO_PORT") or 8000)


def store_url() -> str:
    """`STUDIO_STORE` (file:///… or s3://…), by default the folder `store` in STUDIO_HOME."""
    return os.environ.get("STUDIO_STORE") or f"file://{home() / 'store'}"


def database_url() -> str:
    return os.environ.get("DATABASE_URL") or f"sqlite:///{home() / 'studio.sqlite3'}"


def database_connections() -> int:
    """The most connections that one process has to PostgreSQL: `STUDIO_DATABASE_CONNECTIONS`, else 20."""
    return max(2, _number("STUDIO_DATABASE_CONNECTIONS", 20))


def reserve() -> int:
    """Bytes of disk that stay free: `STUDIO_RESERVE_BYTES`, else 512 MiB."""
    return _number("STUDIO_RESERVE_BYTES", 512 << 20)


def check() -> None:
    """Reads every setting that may be wrong; SettingError says which is."""
    (
        workers(),
        stop_seconds(),
        service_idle_seconds(),
        reserve(),
        store_max(),
        cache_max(),
        database_connections(),
        public_url(),
        package_index(),
        package_hosts(),
        wheels_only(),
        network_allow(),
        network_max(),
        secret_key(),
        owner_token(),
    )


def store_max() -> int | None:
    """Bytes that the store may hold: `STUDIO_STORE_MAX` (also like `200G`); None leaves it to the disk."""
    return _bytes("STUDIO_STORE_MAX")


def cache_max() -> int | None:
    """Bytes of a bucket's objects that this host keeps beside it: `STUDIO_CACHE_MAX`; None leaves it to the
    disk."""
    return _bytes("STUDIO_CACHE_MAX")


def _bytes(name: str) -> int | None:
    given = os.environ.get(name)
    try:
        return read_bytes(given) if given else None
    except ValueError as error:
        raise SettingError(f"{name}: {error}") from error


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


def cgroups() -> str:
    """`STUDIO_CGROUPS`: "auto", one for each node where some may be made, or "off"."""
    return os.environ.get("STUDIO_CGROUPS") or "auto"


def package_index() -> tuple[str, ...]:
    """`STUDIO_PACKAGE_INDEX`: where packages of environments come from, addresses or folders with spaces
    between; by default what uv and pip are told, else https://pypi.org/simple."""
    others = map(os.environ.get, ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"))
    told = os.environ.get("STUDIO_PACKAGE_INDEX") or next(filter(None, others), "https://pypi.org/simple")
    return tuple(_package_place(place) for place in told.split())


def _package_place(place: str) -> str:
    read = urlsplit(place)
    if read.scheme in ("http", "https") and read.hostname:
        return place
    path = unquote(read.path) if read.scheme == "file" else place
    if read.scheme in ("", "file") and Path(path).is_dir():
        return str(Path(path).resolve())
    raise SettingError(
        f"STUDIO_PACKAGE_INDEX names {place!r}, which is no address of a package index "
        "(like https://pypi.org/simple) and no folder."
    )


def package_hosts() -> frozenset[tuple[str, int]]:
    """`STUDIO_PACKAGE_HOSTS`: other hosts that an index's files lie on, like `files.example.org:443`."""
    found = set()
    for given in os.environ.get("STUDIO_PACKAGE_HOSTS", "").replace(",", " ").split():
        name, _, port = given.rpartition(":") if ":" in given else (given, "", "443")
        if not name or not port.isdecimal():
            raise SettingError(f"STUDIO_PACKAGE_HOSTS names {given!r}; write it like files.example.org:443.")
        found.add((name.lower(), int(port)))
    return frozenset(found)


def package_names() -> tuple[str, ...]:
    """`STUDIO_PACKAGE_ALLOW`: the packages that environments may have, with `*` for any part of a name, like
    `pandas, scikit-*`; without it, all."""
    return tuple(os.environ.get("STUDIO_PACKAGE_ALLOW", "").replace(",", " ").split())


def wheels_only() -> bool:
    """`STUDIO_PACKAGE_WHEELS_ONLY`: whether packages that must be built from source are refused."""
    given = os.environ.get("STUDIO_PACKAGE_WHEELS_ONLY", "").strip().lower()
    if given not in ("", "0", "1", "no", "yes", "false", "true", "off", "on"):
        raise SettingError(f"STUDIO_PACKAGE_WHEELS_ONLY is {given!r}; it must be yes or no.")
    return given in ("1", "yes", "true", "on")


def network_allow() -> tuple[Host, ...]:
    """`STUDIO_NETWORK_ALLOW`: the hosts that nodes may reach if they ask for them, like
    `*.blob.core.windows.net:443, db.internal:5432`; without it, none."""
    try:
        return read_hosts(os.environ.get("STUDIO_NETWORK_ALLOW", ""))
    except ValueError as error:
        raise SettingError(f"STUDIO_NETWORK_ALLOW: {error}") from None


def network_max() -> int:
    """`STUDIO_NETWORK_MAX`: bytes that one node may send and receive, also like `5G`; 2 GiB by default."""
    given = _bytes("STUDIO_NETWORK_MAX")
    return 2 << 30 if given is None else given


def public_url() -> str:
    """`STUDIO_URL`: where browsers reach Studio through a proxy, like `https://studio.example.org`; empty
    where they come directly."""
    given = (os.environ.get("STUDIO_URL") or "").strip().rstrip("/")
    try:
        read = urlsplit(given)
        right = read.scheme in ("http", "https") and read.hostname and (read.port or 1)
        if given and not (right and f"{read.scheme}://{read.netloc}" == given and "@" not in read.netloc):
            raise ValueError
    except ValueError as error:
        raise SettingError(
            f"STUDIO_URL is {given!r}; it must be the address in the browser's address bar without a path, "
            "like https://studio.example.org."
        ) from error
    return given.lower()


def behind_tls() -> bool:
    """Whether browsers come by https."""
    return public_url().startswith("https://")


def loopback_only() -> bool:
    """Whether nobody but this machine reaches the page."""
    return host() in LOOPBACK and not public_url()


def allowed_hosts() -> list[str]:
    """Names this server answers to: its own always, since `up` and the health check ask by them, STUDIO_URL's
    and those of STUDIO_ALLOWED_HOSTS. Any, where neither is set and it is bound to more than this machine."""
    own = ["127.0.0.1", "localhost", "[::1]"]
    given = [name.strip() for name in os.environ.get("STUDIO_ALLOWED_HOSTS", "").split(",") if name.strip()]
    if name := urlsplit(public_url()).hostname:
        given.append(f"[{name}]" if ":" in name else name)
    if given or host() in LOOPBACK:
        return [*given, *own]
    return ["*"]
