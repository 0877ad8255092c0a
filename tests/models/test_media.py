import io

import pytest
from PIL import Image

from cms.db import session
from cms.errors import Refused
from cms.images import read_picture
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
        '<rect style="fill:url( https://evil.example"/>',
        '<rect fill="u\\72l(https://evil.example)"/>',
        "<rect style=\"mask:image-set('https://evil.example/x.png' 1x)\"/>",
        "<style>g{fill:u\\72l(https://evil.example)}</style>",
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


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20.4px"', (30, 20)),
        ('width="1.2.3" height="1"', (0, 0)),
        ('width="1e400" height="1"', (0, 0)),
        ('width="99999999999" height="1"', (0, 0)),
        ('width="1000000" height="1e3"', (10**6, 1000)),
        ('width="100%" height="100%" viewBox="0,0 40,30"', (40, 30)),
        ('viewBox="0 0 1.2.3 1e400"', (0, 0)),
        ('viewBox="0 0"', (0, 0)),
    ],
)
def test_a_drawing_has_a_size_that_can_be_kept(attributes, size):
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'
    media = Media.store(drawing.encode(), "x.svg", by=None)
    assert (media.width, media.height) == size


def test_a_style_sheet_beside_a_drawing_is_refused():
    with pytest.raises(Refused):
        Media.store(
            b'<?xml-stylesheet href="https://evil.example/a.css"?>' + DRAWING.encode(), "x.svg", by=None
        )


def test_two_who_store_the_same_picture_do_not_share_an_unfinished_file():
    media = Media.store(png(7, 5), "a.png", by=None)
    session.rollback()
    media.file.unlink()
    unfinished = media.file.with_suffix(".part")
    unfinished.write_bytes(b"half of it, by another process")
    again = Media.store(png(7, 5), "a.png", by=None)
    assert (again.file.read_bytes(), unfinished.exists()) == (png(7, 5), True)


def test_a_lost_file_is_a_missing_page_and_told_in_the_log(client, caplog):
    media = Media.store(png(9, 9), "lost.png", by=None)
    media.file.unlink()
    answer = client.get(media.url)
    assert (answer.status_code, "<html" in answer.text) == (404, True)
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert f"The file of {media.url} is lost" in caplog.text


def test_a_damaged_picture_is_refused():
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(file, "AVIF")
    whole = file.getvalue()
    with pytest.raises(Refused, match="not a picture that we can read"):
        read_picture(whole[:81] + b"\xff\xff" + whole[83:])


@pytest.mark.parametrize(
    "change", [str.upper, lambda digest: digest[:-1] + "\u200b", lambda digest: digest[:8]]
)
def test_a_picture_has_one_address(client, change):
    media = Media.store(DRAWING.format("<path d='M1 1'/>").encode(), "x.svg", by=None)
    digest = media.digest[:16]
    assert client.get(media.url.replace(digest, change(digest))).status_code == 404
