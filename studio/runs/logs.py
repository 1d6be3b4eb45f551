"""What a node printed: kept in chunks, so that it can be read while the node still runs."""

from __future__ import annotations

from studio.live import publish
from studio.runs.events import LogEvent
from studio.runs.models import LogChunk, NodeRun


class LogWriter:
    """Appends to the log of one attempt of a node run; the log of an earlier attempt is dropped."""

    def __init__(self, node_run: NodeRun, experiment: str) -> None:
        self.node_run, self.experiment, self.seq = node_run, experiment, 0
        if node_run.attempt > 1:
            LogChunk.objects.filter(node_run=node_run).delete()

    def write(self, stream: str, text: str) -> None:
        """Keeps a chunk, then tells the browsers."""
        if not text:
            return
        self.seq += 1
        LogChunk.objects.create(node_run=self.node_run, seq=self.seq, stream=stream, text=text)
        publish(
            self.experiment,
            LogEvent(
                run=self.node_run.run_id,
                node=self.node_run.node,
                seq=self.seq,
                stream="stderr" if stream == "stderr" else "stdout",
                text=text,
            ),
        )


def log_text(node_run: NodeRun) -> str:
    """Everything printed so far, then the traceback if it failed."""
    text = "".join(LogChunk.objects.filter(node_run=node_run).values_list("text", flat=True))
    error = node_run.error or {}
    trace = error.get("traceback") or ""
    if error and not trace:
        trace = f"{error['type']}: {error['message']}\n"
    if trace and trace.strip() not in text:
        text += ("\n" if text and not text.endswith("\n") else "") + trace
    return text
