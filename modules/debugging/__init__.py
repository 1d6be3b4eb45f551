"""Talking with a script while it runs: a debugger, and a console on a node's inputs. Runs in the child."""
