#!/usr/bin/env python
"""The command line in a checkout: `manage.py up`, `run`, `doctor` and Django's own."""

from studio.__main__ import main

if __name__ == "__main__":
    main()
