"""A child's environment: its packages come before base's, and after Python's own library."""

from __future__ import annotations

import os
import sys

from workers.sandbox.job import Environment


def enter(environment: Environment, folder: str) -> None:
    """Called once the child is confined: what is imported from here on is the user's. `folder`: where the
    packages are now. Programs that the script starts find them too."""
    place = next((i for i, path in enumerate(sys.path) if path.endswith("-packages")), len(sys.path))
    sys.path.insert(place, folder)
    os.environ["PYTHONPATH"] = folder
    if environment.alone:
        _read_alone(environment.alone)


def _read_alone(name: str) -> None:
    """The template has read no modules, since a library that they need is another one here."""
    from modules import registry
    from workers.sandbox.machine import tell_psutil

    registry.read_alone(name)
    tell_psutil()
