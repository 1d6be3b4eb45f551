"""The record of the network: its bound, and who may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from studio.accounts.access import visible_network_records
from studio.accounts.owner import owner
from studio.network import actions
from studio.network.actions import Place, Reached, note
from studio.network.models import NetworkRecord

pytestmark = pytest.mark.django_db


def hosts() -> list[str]:
    return list(NetworkRecord.objects.order_by("pk").values_list("host", flat=True))


def test_it_keeps_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "KEPT_ROWS", 3)
    me = owner().pk
    for number in range(5):
        note(me, Place("Fetch"), [Reached(f"{number}.example:443", 1)])
    assert hosts() == ["2.example:443", "3.example:443", "4.example:443"]
    old = timezone.now() - timedelta(days=actions.KEPT_DAYS + 1)
    NetworkRecord.objects.filter(host__startswith="3").update(at=old)
    note(me, Place("Fetch"), [])
    assert hosts() == ["2.example:443", "4.example:443"]


def test_others_see_their_own_and_the_administrator_everybody_s() -> None:
    other = User.objects.create_user("other")
    note(owner().pk, Place("Mine"), [Reached("a.example:443", 1)])
    note(other.pk, Place("Theirs"), [Reached("b.example:443", 2, refused="it is not allowed")])
    assert {one.title for one in visible_network_records(owner())} == {"Mine", "Theirs"}
    assert [one.title for one in visible_network_records(other)] == ["Theirs"]
    assert [one.host for one in visible_network_records(owner(), "thei")] == ["b.example:443"]
