"""The way out and back: an experiment as a script or a notebook, and such a file as an experiment. Pure."""
