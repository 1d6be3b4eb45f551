"""Lines of the log: what others wrote into one cannot steer a terminal, nor look like a line of ours."""

from __future__ import annotations

import logging
import re

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class LogLines(logging.Formatter):
    r"""
    >>> record = logging.LogRecord("n", 20, "", 0, "got %s", ("a\x1b[2Jb\nINFO fake",), None)
    >>> LogLines("%(levelname)s: %(message)s").format(record)
    'INFO: got a\\x1b[2Jb\n    INFO fake'
    """

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).replace("\n", "\n    ")
        return CONTROL.sub(lambda found: ascii(found[0])[1:-1], lines)
