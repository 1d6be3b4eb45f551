"""Children of the sandbox that somebody talks with: debugged nodes, and consoles."""
