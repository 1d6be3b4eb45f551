"""One execution of a plan, and what came of each node in it."""
