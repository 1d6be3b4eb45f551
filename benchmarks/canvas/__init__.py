"""The editor's canvas beside a bare React Flow page, in a real browser: `make bench ARGS=canvas`."""
