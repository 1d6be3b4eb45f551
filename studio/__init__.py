"""What is kept and served."""

__version__ = "0.2.0"


def __getattr__(name: str) -> object:
    """At the desk: `studio.run_script`, `studio.pull`, `studio.push`, as in studio-modules."""
    if name in ("run_script", "pull", "push"):
        from modules import at_desk

        return getattr(at_desk, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
