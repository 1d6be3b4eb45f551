"""Django's settings. What the environment may say is in `studio.config`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from studio import config
from studio.database.connections import database

STUDIO_HOME = config.home()
SECRET_KEY = config.secret_key()
DEBUG = False
ALLOWED_HOSTS = config.allowed_hosts()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "channels",
    "studio",
    "studio.accounts",
    "studio.artifacts",
    "studio.datasets",
    "studio.environments",
    "studio.secrets",
    "studio.network",
    "studio.own_modules",
    "studio.experiments",
    "studio.runs",
    "studio.services",
    "studio.agents",
    "workers",
]

MIDDLEWARE = [
    "studio.http.middleware.PageFiles",
    "studio.http.middleware.SafeAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "studio.accounts.middleware.TokenInAddress",
]

ROOT_URLCONF = "studio.urls"
ASGI_APPLICATION = "studio.asgi.application"
NINJA = Path(str(getattr(find_spec("ninja"), "origin", ""))).parent
"""Where the page about the API comes from. As an app it would be imported here, by the worker too."""
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [NINJA / "templates"],
        "APP_DIRS": True,
    }
]

DATABASES: dict[str, Any] = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [{"address": config.redis_url(), "socket_connect_timeout": 3, "socket_timeout": 5}],
            "prefix": "studio",
            "capacity": 20_000,
        },
    }
}

CELERY_BROKER_URL = config.broker_url()
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 3,
    "socket_timeout": 5,
    "connect_retries_timeout": 4,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "studio"

AUTHENTICATION_BACKENDS = ["studio.accounts.sessions.OwnerBackend"]
SESSION_COOKIE_NAME = config.session_cookie()
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = config.behind_tls()
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = config.behind_tls()
CSRF_TRUSTED_ORIGINS = [url] if (url := config.public_url()) else []

DATA_UPLOAD_MAX_MEMORY_SIZE = 64 << 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
FILE_UPLOAD_TEMP_DIR = STUDIO_HOME / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)

APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

FRONTEND = config.page_folder()
STATIC_URL = "/static/"
STATICFILES_DIRS = [NINJA / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = FRONTEND if FRONTEND.is_dir() else None
WHITENOISE_INDEX_FILE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "studio.log_lines.LogLines", "format": "%(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "botocore": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
        "uvicorn.access": {"level": "WARNING"},
    },
}
