"""The site's pictures in a text: each ``img`` told its measures, and in which widths there is more of it."""

import re
from functools import partial

from cms.models.media import Media

IMAGE = re.compile(r'<img((?:\s+[a-z-]+(?:="[^"]*")?)++)\s*/?>')
ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
ADDRESS = re.compile(r"/media/[0-9a-f]{16}/[a-z0-9-]+\.[a-z]{3,4}")
SIZES = "(min-width: 56rem) 60vw, 100vw"  # a figure in a text takes 8 of 12 columns, or the whole phone


def measure(html: str) -> str:
    """``html``, as our sanitiser writes it, with width, height and ``srcset`` on the site's own pictures."""
    wanted = {address for image in IMAGE.finditer(html) if (address := source(image))}
    known = Media.at(wanted) if wanted else {}
    return IMAGE.sub(partial(measured, known), html) if known else html


def source(image: re.Match) -> str | None:
    """The address of an ``img`` if it is one that pictures of the site have."""
    address = dict(ATTRIBUTE.findall(image[1])).get("src", "")
    return address if ADDRESS.fullmatch(address) else None


def measured(known: dict[str, Media], image: re.Match) -> str:
    media = known.get(source(image) or "")
    if media is None:
        return image[0]
    written = dict(ATTRIBUTE.findall(image[1]))
    attributes = (f'{name}="{value}"' for name, value in (written | measures(media, written)).items())
    return f"<img {' '.join(attributes)}>"


def measures(media: Media, written: dict[str, str]) -> dict[str, str]:
    """The attributes for ``media``; a width or height that the author has ``written`` is kept to."""
    width, height = shown_size(media, written)
    found = {"width": str(width), "height": str(height)} if width and height else {}
    if media.srcset:
        sizes = f"{width}px" if "width" in written or "height" in written else SIZES
        found |= {"srcset": media.srcset, "sizes": sizes}
    return found


def shown_size(media: Media, written: dict[str, str]) -> tuple[int, int]:
    """Width and height in pixels; where the author has written one of them, the other in proportion."""
    width, height = int(written.get("width") or 0), int(written.get("height") or 0)
    if not media.width or not media.height or (width and height):
        return width, height
    if height:
        return max(1, round(height * media.width / media.height)), height
    width = width or media.width
    return width, max(1, round(width * media.height / media.width))
