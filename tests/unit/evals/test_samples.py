"""The harness's files are real files of their type."""

import io

import pytest
from PIL import Image

from evals.samples import sample


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_pictures_open(kind):
    picture = Image.open(io.BytesIO(sample("cup", f"image/{kind}")))
    picture.load()
    assert picture.format == kind.upper()


@pytest.mark.parametrize(
    "kind", ["image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "text/plain"]
)
def test_two_names_are_two_files_and_one_name_is_one(kind):
    assert sample("a.x", kind) != sample("b.x", kind)
    assert sample("a.x", kind) == sample("a.x", kind)


def test_films_and_papers_begin_as_they_should():
    assert sample("a", "video/mp4")[4:8] == b"ftyp"
    assert sample("a", "application/pdf").startswith(b"%PDF-")
