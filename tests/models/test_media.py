import io

import pytest
from PIL import Image

from cms.errors import Refused
from cms.models import Media

pytestmark = pytest.mark.usefixtures("app")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{}</svg>'


def png(width: int = 3, height: int = 2) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "PNG")
    return file.getvalue()


def test_a_picture_is_told_by_its_content():
    media = Media.store(png(), "holiday.exe", by=None)
    assert (media.content_type, media.filename) == ("image/png", "holiday.png")
    assert (media.width, media.height) == (3, 2)


def test_the_same_picture_is_kept_once():
    assert Media.store(png(), "a.png", by=None) is Media.store(png(), "b.png", by=None)


def test_a_picture_is_served_for_ever_and_can_run_nothing(client):
    media = Media.store(DRAWING.format("<path d='M0 0'/>").encode(), "x.svg", by=None)
    answer = client.get(media.url)
    assert answer.content_type.startswith("image/svg+xml")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        '<a href="javascript:alert(1)"/>',
        '<image href="https://evil.example/x.png"/>',
        '<g onload="alert(1)"/>',
        "<foreignObject><body/></foreignObject>",
        '<use href="data:image/svg+xml,x"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        "<style>@import url(https://evil.example)</style>",
        '<rect style="fill:url(https://evil.example)"/>',
    ],
)
def test_a_drawing_that_could_run_or_load_something_is_refused(inside):
    with pytest.raises(Refused):
        Media.store(DRAWING.format(inside).encode(), "x.svg", by=None)


@pytest.mark.parametrize("data", [b"", b"hello", b"<html></html>", b"%PDF-1.4", b"<svg", png()[:40]])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(Refused):
        Media.store(data, "x.png", by=None)


def test_a_picture_of_too_many_pixels_is_refused():
    with pytest.raises(Refused):
        Media.store(png(10_000, 7_000), "x.png", by=None)


def test_an_entity_bomb_is_refused():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + DRAWING.format("&b;")
    with pytest.raises(Refused):
        Media.store(bomb.encode(), "x.svg", by=None)
