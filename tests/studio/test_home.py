"""Tests never touch the home of whoever runs them."""

from __future__ import annotations

from django.conf import settings

from studio import config
from tests.home import HOME


def test_the_settings_that_django_read_name_the_home_of_the_tests() -> None:
    assert settings.STUDIO_HOME == config.home() == HOME.resolve()
    usual = str(config.ROOT / ".studio")
    told = {name: str(getattr(settings, name)) for name in dir(settings) if name.isupper()}
    assert [name for name, value in told.items() if usual in value] == []
    assert str(HOME) in told["CELERY_BROKER_URL"]
