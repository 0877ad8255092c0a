"""Whatever somebody sends is kept as a picture that can be read, or refused in words."""

from random import Random

import pytest

from cms.errors import Refused
from cms.images import look_at, read_picture
from tests.media.pictures import bomb, moving, picture, two_in_one

SEEDS = {
    **{kind: lambda kind=kind: picture(kind, turned=6) for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF")},
    **{f"moving {kind}": lambda kind=kind: moving(kind) for kind in ("GIF", "WEBP", "AVIF")},
    "telephone": two_in_one,
}


def damaged(data: bytes, chance: Random) -> bytes:
    """``data`` with a few bytes changed, taken out or put in, mostly where the head is."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(min(len(broken), chance.choice([60, 400, 100_000])))
        length = chance.choice([0, 0, 1, 30])
        broken[at : at + chance.choice([0, 1, 1, 40])] = chance.randbytes(length)
        broken = broken or bytearray(b"-")
    return bytes(broken)


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, of damaged EXIF
@pytest.mark.parametrize("seed", SEEDS)
def test_damage_is_refused_or_does_no_harm(app, seed):
    data, chance = SEEDS[seed](), Random(seed)
    for _ in range(120):
        try:
            kept = read_picture(damaged(data, chance))
        except Refused:
            continue
        assert look_at(kept.data).turned == 1 or kept.content_type == "image/avif"


def test_the_head_of_a_webp_announces_nothing_that_is_gone(app):
    assert read_picture(picture("WEBP")).data[20] & 0x0C == 0


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")  # as on a site that is served
def test_a_picture_of_too_many_pixels_is_refused_where_pillow_only_warns(app):
    with pytest.raises(Refused, match="more than 60 million pixels"):
        read_picture(bomb(9_000, 9_000))
