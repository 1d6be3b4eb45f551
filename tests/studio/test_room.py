"""A disk that is nearly full: uploads and runs are refused before it is."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from studio.accounts.owner import owner
from studio.datasets.actions import Wish, upload_dataset
from studio.datasets.models import Dataset
from studio.errors import NoRoom
from studio.experiments.actions import create_experiment
from studio.runs.actions import start_run
from studio.runs.models import Run
from studio.uploads import partial
from studio.uploads.api import PIECE, add_piece
from tests.builders import PASS_ON, chain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nearly_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_RESERVE_BYTES", str(1 << 50))


def test_an_upload_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(
        NoRoom, match=r"^The file a.csv needs about 1,048,576.0 GiB of free disk space; .* left"
    ):
        upload_dataset(owner(), SimpleUploadedFile("a.csv", b"a\n1\n"), Wish())
    assert not Dataset.objects.filter(name="a").exists()


def test_an_upload_under_way_is_refused_once_others_took_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as roomy:
        roomy.setenv("STUDIO_RESERVE_BYTES", "0")
        begun = partial.begin(owner().pk, 1, "a.csv")
    piece = RequestFactory().patch("/", b"a", PIECE, headers={"Upload-Offset": "0"})
    piece.user = owner()
    with pytest.raises(NoRoom, match=r"^The rest of a.csv needs about"):
        add_piece(piece, begun.id)
    assert begun.offset == 0


def test_a_run_is_refused() -> None:
    experiment = create_experiment(owner(), chain(PASS_ON).file())
    with pytest.raises(NoRoom, match=r"^A run needs about"):
        start_run(experiment)
    assert not Run.objects.filter(experiment=experiment).exists()
