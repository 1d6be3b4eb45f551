"""Published web services: what an experiment's run becomes when others may call it."""
