"""The ASGI application: HTTP and sockets."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
http = get_asgi_application()

from studio.front.gate import Gate  # noqa: E402  (the apps must be loaded first)
from studio.front.opening import Opening  # noqa: E402  (as above)

opening = Opening(http)
application = Gate(opening)
