"""What a camera wrote into a picture is taken out; the picture stays as it was."""

import io

import pytest
from PIL import Image, ImageChops

from cms.images import read_picture
from tests.media.pictures import SECRETS, TAIL, XMP, drawn, exif, moving, opened, picture, profile, two_in_one

pytestmark = pytest.mark.usefixtures("app")
KINDS = ["JPEG", "PNG", "WEBP", "AVIF"]


@pytest.mark.parametrize("kind", [*KINDS, "GIF"])
def test_nothing_of_the_camera_is_left(kind):
    kept = read_picture(picture(kind)).data
    assert [secret for secret in SECRETS if secret in kept] == []
    assert dict(opened(kept).getexif()) == {}


@pytest.mark.parametrize("kind", [*KINDS, "GIF"])
def test_the_picture_and_its_colours_stay_as_they_were(kind):
    data = picture(kind)
    before, after = opened(data), opened(read_picture(data).data)
    assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
    assert after.info.get("icc_profile") == before.info.get("icc_profile")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_turned_picture_is_kept_as_it_is_seen(kind, turned):
    data = picture(kind, turned=turned)
    seen = opened(data)
    kept = read_picture(data)
    expected = (60, 80) if turned > 4 else (80, 60)
    assert (kept.width, kept.height) == expected
    if kind != "AVIF":  # which says in its own boxes how it is turned
        after = opened(kept.data)
        assert (after.size, dict(after.getexif())) == (expected, {})
        assert upper_left(after) == upper_left(upright(seen, turned))


def upright(image: Image.Image, turned: int) -> Image.Image:
    ways = dict(zip(range(2, 9), (0, 3, 1, 5, 4, 6, 2), strict=True))
    return image.transpose(Image.Transpose(ways[turned])) if turned > 1 else image


def upper_left(image: Image.Image) -> bool:
    """Whether the red quarter is there."""
    _red, green, _blue = image.convert("RGB").getpixel((5, 5))
    return green < 128


def test_a_telephones_second_picture_is_left_out():
    kept = read_picture(two_in_one())
    image = opened(kept.data)
    assert (image.format, kept.content_type, image.size) == ("JPEG", "image/jpeg", (60, 80))
    assert kept.data.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "AVIF"])
def test_a_moving_picture_moves_on(kind):
    kept = read_picture(moving(kind))
    image = opened(kept.data)
    assert (kept.animated, image.n_frames, kept.content_type) == (True, 3, f"image/{kind.lower()}")
    if kind != "AVIF":
        assert (image.info["loop"], image.info["duration"]) == (0, 70)


@pytest.mark.parametrize("mode", ["CMYK", "L"])
@pytest.mark.parametrize("progressive", [True, False])
def test_the_rarer_kinds_of_jpeg_stay_whole(mode, progressive):
    file = io.BytesIO()
    image = Image.effect_noise((90, 70), 60).convert(mode)
    image.save(file, "JPEG", progressive=progressive, exif=exif(), restart_marker_rows=1)
    after = opened(read_picture(file.getvalue()).data)
    assert ImageChops.difference(after, opened(file.getvalue())).getbbox() is None


def test_a_long_profile_stays_whole():
    file, long = io.BytesIO(), profile() + bytes(150_000)
    drawn(8, 8).save(file, "JPEG", icc_profile=long)
    assert opened(read_picture(file.getvalue()).data).info["icc_profile"] == long


def test_what_is_cleaned_twice_is_the_same():
    for kind in [*KINDS, "GIF"]:
        once = read_picture(picture(kind)).data
        assert read_picture(once).data == once


def test_the_means_of_these_tests_do_hold_secrets():
    assert TAIL in picture("PNG")
    assert XMP in picture("JPEG")
    assert opened(picture("AVIF")).getexif()
