"""The way out and back over HTTP: an experiment as a script or a notebook, and such files as experiments."""
