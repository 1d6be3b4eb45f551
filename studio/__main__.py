"""The command line: `studio` where the wheel is installed, `manage.py` in a checkout."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from studio import __version__
from studio.config import SettingError
from studio.umask import keep_private


def main() -> None:
    """Does what the arguments say. A setting that cannot be is told in one sentence."""
    keep_private()
    try:
        _main()
    except SettingError as wrong:
        print(wrong, file=sys.stderr, flush=True)
        sys.exit(os.EX_CONFIG)


def _main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    if sys.argv[1:] in (["--version"], ["version"]):  # Django would say its own
        print(f"Studio {__version__}")
        return
    if sys.argv[1:] == ["up"]:  # needs no Django
        from studio.supervise.up import main as up

        sys.exit(up())
    if sys.argv[1:2] in (["pull"], ["push"]):  # from another machine's Studio
        from modules.at_desk import main as at_desk

        sys.exit(at_desk(sys.argv[1:]))
    if sys.argv[1:2] == ["health"] and len(sys.argv) == 3:  # every few seconds
        from studio.supervise.health import main as health

        sys.exit(health(sys.argv[2:]))
    if sys.argv[1:2] in (["serve"], ["worker"]):  # until they have started: see `studio.supervise.started`
        gc.disable()
    if Path(sys.argv[0]).name == "__main__.py":
        sys.argv[0] = "studio"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
