"""The documents of a report: HTML to be shown in a frame, and a PDF to be taken away."""

from __future__ import annotations

from django.http import StreamingHttpResponse

from modules.wire_types.device import StoredDevice, StoredDocument
from studio.artifacts.artifact_use import kept_file
from studio.artifacts.files import send_file
from studio.artifacts.models import Artifact

HTML, PDF = "text/html", "application/pdf"
LINKS = "allow-popups allow-popups-to-escape-sandbox"


def report_documents(artifact: Artifact) -> tuple[StoredDocument, ...]:
    """The documents that lie there; none where it is no report."""
    manifest = artifact.read()
    return manifest.documents if isinstance(manifest, StoredDevice) else ()


def send_document(
    artifact: Artifact, document: StoredDocument, *, kept: bool = True
) -> StreamingHttpResponse:
    """Sends it. The answer's policy lets HTML neither run scripts nor load anything, and makes it nobody's
    page; a link that somebody follows opens a window of its own, which is as any other. Browsers show no PDF
    under such a policy, so that one is a download. `kept`: whether this address always has this document."""
    path = kept_file(artifact, document.object)
    is_pdf = document.media_type == PDF
    answer = send_file(
        path, PDF if is_pdf else f"{HTML}; charset=utf-8", document.name if is_pdf else None, kept=kept
    )
    if not is_pdf:
        policy = answer["Content-Security-Policy"].replace("sandbox", f"sandbox {LINKS}", 1)
        answer["Content-Security-Policy"] = f"{policy}; form-action 'none'; base-uri 'none'"
    answer["Content-Security-Policy"] += "; frame-ancestors 'self'"  # our page shows it in a frame
    if not kept:
        answer["Cache-Control"] = "no-cache"
    return answer
