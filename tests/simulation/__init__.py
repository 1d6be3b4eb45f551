"""A seeded simulation of everything that runs carry out: many hosts, a database, a store, a broker, clocks.

The scheduler, the executions, the recorder, the leases and the watchdog are the product's own, on a real
database in memory. What surrounds them (time, children, files, messages) is made up, so that an hour of
kills, outages and jumps takes milliseconds, and the same seed gives the same hour again.

`python -m tests.simulation --schedules 100000` tries so many; `--seed 17` one, and tells what happened in it;
`--plant NAME` puts a fault of the past back and says when it was found.
"""
