"""Wheels in a script bundle: unpacked beside it, so that the packages in them can be imported."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from modules.files.bundle import entries, unpack
from modules.sdk.errors import FileError
from modules.sdk.values import Bundle

WHEELS = "Wheels of the script bundle"
"""The folder beside the bundle, which has a folder for each wheel."""

REFUSED: dict[str, str] = {}
"""For each name that cannot be imported since its wheel does not fit here: the sentence that says so."""

SYSTEMS = {
    "win": "Windows",
    "macosx": "macOS",
    "manylinux": "Linux",
    "musllinux": "Linux with musl",
    "linux": "Linux",
}
MOST_NAMED = 5


def unpack_wheels(bundle: Path) -> list[Path]:
    """Unpacks those wheels below the unpacked bundle that fit this Python and this machine; the folders to
    search for imports.

    Of two wheels of a package the newer one is taken, or else the one that fits better. A package of which
    none fits is told in the log, and again where the script imports it. A damaged wheel is a FileError.
    """
    found = sorted(bundle.rglob("*.whl"))
    if not found:
        return []
    home, places = bundle.parent / WHEELS, []
    # Of packages that somebody else wrote; in the log of a node they would drown what its script says.
    warnings.filterwarnings("ignore", category=SyntaxWarning, module=f"{re.escape(str(home))}/")
    for name, wheels in _by_package(found).items():
        best = _best(wheels)
        if best is None:
            _refuse(name, wheels)
            continue
        place = home / best.stem
        try:
            unpack(Bundle(best), place)
        except FileError as error:
            raise FileError(
                f"The wheel {best.relative_to(bundle)} in the zip cannot be read: {error}."
            ) from None
        places += [
            place,
            *(part for part in place.glob("*.data/*lib") if part.name in ("purelib", "platlib")),
        ]
        _tell_of_what_is_imported(best, place)
    return places


def _by_package(wheels: list[Path]) -> dict[str, list[Path]]:
    packages: dict[str, list[Path]] = {}
    for wheel in wheels:
        packages.setdefault(re.sub(r"[-_.]+", "-", wheel.name.split("-")[0]).lower(), []).append(wheel)
    return packages


def _best(wheels: list[Path]) -> Path | None:
    from packaging.tags import sys_tags
    from packaging.utils import InvalidWheelFilename, parse_wheel_filename

    order = {tag: place for place, tag in enumerate(sys_tags())}
    fitting = []
    for wheel in wheels:
        try:
            _, version, _, tags = parse_wheel_filename(wheel.name)
        except InvalidWheelFilename:
            continue
        ranks = [order[tag] for tag in tags if tag in order]
        if ranks:
            fitting.append((version, -min(ranks), wheel))
    return max(fitting)[2] if fitting else None


def _refuse(package: str, wheels: list[Path]) -> None:
    told = " ".join(_misfit(wheel.name) for wheel in wheels[:MOST_NAMED])
    version = f"cp{sys.version_info.major}{sys.version_info.minor}"
    told += (
        f" Put a wheel of {package} into the zip whose name ends in `-py3-none-any.whl` or in "
        f"`-{version}-{version}-manylinux….whl`, or put {package} into an environment."
    )
    print(f"warning: {told}")
    for name in {package.replace("-", "_"), *(top for wheel in wheels for top in _tops(wheel))}:
        REFUSED[name] = told


def _misfit(name: str) -> str:
    """Why a wheel does not fit here.

    >>> _misfit("herd-1.0-cp27-none-win_amd64.whl").split(";")[0]
    'The wheel herd-1.0-cp27-none-win_amd64.whl is for Python 2.7 on Windows (amd64)'
    """
    import platform

    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    here = f"here is Python {version} on {platform.system()} ({platform.machine()})"
    parts = name.removesuffix(".whl").split("-")
    if len(parts) not in (5, 6):
        return f"The file {name} has not the name of a wheel (name-version-python-abi-platform.whl)."
    pythons = " or ".join(filter(None, (_python(tag) for tag in parts[-3].split("."))))
    return f"The wheel {name} is for {pythons or parts[-3]}{_system(parts[-1])}; {here}."


def _python(tag: str) -> str:
    found = re.fullmatch(r"(cp|py|pp)(\d)(\d*)", tag)
    if not found:
        return ""
    kind = "PyPy" if found[1] == "pp" else "Python"
    return f"{kind} {found[2]}{'.' if found[3] else ''}{found[3]}"


def _system(tag: str) -> str:
    if tag == "any":
        return ""
    tag = tag.split(".")[0]
    system = next((name for start, name in SYSTEMS.items() if tag.startswith(start)), tag)
    machine = re.search(r"(x86_64|amd64|i686|aarch64|arm64|armv7l|ppc64le|s390x|universal2|win32)$", tag)
    return f" on {system}{f' ({machine[1]})' if machine else ''}"


def _tops(wheel: Path) -> Iterator[str]:
    """The names that a wheel would let one import."""
    try:
        names = [PurePosixPath(entry.name) for entry in entries(Bundle(wheel))]
    except FileError:
        return
    for name in names:
        top = name.parts[0]
        if not top.endswith((".dist-info", ".data")):
            yield top.split(".")[0]


def _tell_of_what_is_imported(wheel: Path, place: Path) -> None:
    """A library that is imported before any script stays the one that is installed here."""
    for module in sorted(set(_tops(wheel)) & sys.modules.keys()):
        file = getattr(sys.modules[module], "__file__", None) or ""
        if not file.startswith(f"{place}/"):
            print(
                f"warning: {module} is imported from what is installed here, and not from {wheel.name}: it "
                "was in use before the script began. An environment can bring another version."
            )
