"""Smaller forms of a picture: made by a job, at addresses that never change."""

import io
from itertools import count

import pytest

from cms.db import session
from cms.jobs import run_due
from cms.media.jobs import scale, scale_forgotten
from cms.models import Job, Media
from tests.factories import soon
from tests.media.pictures import drawn, moving, opened, picture, plain, profile

pytestmark = pytest.mark.usefixtures("app")

_sides = count(390)  # files outlive a test: each has a picture of its own


def store(data: bytes | None = None) -> Media:
    media = Media.store(data or picture("JPEG", 700, next(_sides), 6), "Tide Gauge.JPG", by=None)
    session.commit()
    return media


def work() -> None:
    session.commit()
    run_due()
    session.expire_all()


def test_the_smaller_forms_are_webp_and_upright(client):
    media = store(picture("JPEG", 1000, 700, 6))
    work()
    assert media.widths == [320, 640]
    answer = client.get(media.url_of(640))
    image = opened(answer.data)
    assert (answer.content_type, image.format, image.size) == ("image/webp", "WEBP", (640, 914))
    assert image.info["icc_profile"] == profile()
    assert len(answer.data) < media.size


def test_until_they_are_made_the_picture_itself_is_shown(client):
    media = store()
    answer = client.get(media.url_of(320))
    assert (answer.status_code, answer.location) == (302, media.url)
    assert answer.headers["Cache-Control"] == "no-store"
    work()
    assert client.get(media.url_of(320)).status_code == 200


def test_a_form_is_kept_for_ever_and_can_run_nothing(client):
    media = store()
    work()
    headers = client.get(media.url_of(320)).headers
    assert {"public", "immutable", "max-age=31536000"} <= set(headers["Cache-Control"].split(", "))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].endswith("sandbox ")
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    "address",
    [
        "/media/{digest}/320/other.webp",
        "/media/{digest}/320/tide-gauge.png",
        "/media/{digest}/321/tide-gauge.webp",
        "/media/{digest}/0320/tide-gauge.webp",
        "/media/{digest}/640/tide-gauge.webp",
        "/media/{digest}/320/tide-gaug_.webp",
        "/media/0000000000000000/320/tide-gauge.webp",
        "/media/%/320/tide-gauge.webp",
        "/media/{digest}/320/../../../secret-key.webp",
    ],
)
def test_a_form_has_one_address(client, address):
    media = store()
    assert media.widths == [320]
    assert client.get(address.format(digest=media.digest[:16])).status_code == 404


@pytest.mark.parametrize("data", [moving("GIF"), moving("WEBP"), plain("PNG", 320, 100), b"<svg/>"])
def test_what_needs_no_smaller_form_gets_no_job(data):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'
    media = store(drawing if data == b"<svg/>" else data)
    assert media.scaled_at
    assert (media.widths, media.srcset, media.preview_url) == ([], "", media.url)
    assert session.query(Job).filter_by(kind=scale.kind).count() == 0


@pytest.mark.parametrize("mode", ["P", "L", "LA", "RGBA", "I;16", "1", "CMYK"])
def test_a_picture_of_any_colours_is_scaled(mode):
    file, image = io.BytesIO(), drawn(700, 300)
    image = image.convert("L") if mode == "I;16" else image
    image.convert(mode).save(file, "JPEG" if mode == "CMYK" else "PNG")
    media = store(file.getvalue())
    work()
    after = opened(media.file_of(640).read_bytes())
    assert after.size == (640, 274)
    assert after.convert("L").getpixel((600, 250)) > 240


def test_a_damaged_picture_is_left_as_it_is(client, settings):
    settings(JOB_RETRY=0.0)
    media = store()
    media.file.write_bytes(media.file.read_bytes()[:2000])
    for _attempt in range(4):
        work()
    assert media.scaled_at
    assert client.get(media.url_of(320)).location == media.url


def test_pictures_from_before_are_found_and_scaled():
    media = store()
    session.query(Job).delete()
    scale_forgotten()
    assert session.query(Job).count() == 0  # it has just come in, and may yet be under way
    media.created_at = soon(hours=-1)
    session.flush()
    scale_forgotten()
    scale_forgotten()
    assert session.query(Job).filter_by(kind=scale.kind).count() == 1
    work()
    assert media.file_of(320).is_file()


def test_a_moving_picture_from_before_stays_as_it_is():
    media = store(moving("GIF"))
    media.animated, media.scaled_at, media.created_at = False, None, soon(hours=-1)
    session.flush()
    scale_forgotten()
    work()
    assert (media.animated, media.widths) == (True, [])
