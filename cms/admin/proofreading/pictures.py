"""Pictures that say nothing to who can't see them."""

import re
from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import or_, select

from cms.admin.proofreading.finding import MEND, Finding, Page
from cms.admin.proofreading.reading import Bare, Reading
from cms.db import session
from cms.models import Media
from cms.models.media import SHORT

OWN = re.compile(rf"/media/([0-9a-f]{{{SHORT}}})/")
MOST_ASKED = 200  # pictures of one text


def findings(page: Page, reading: Reading) -> Iterator[Finding]:
    bare = [picture for picture in reading.bare_pictures() if picture.href]
    known = described({match[1] for picture in bare if (match := OWN.search(picture.href))})
    for picture in bare:
        match = OWN.search(picture.href)
        media = known.get(match[1]) if match else None
        if not getattr(media, "decorative", False):
            yield undescribed(page, picture, media)


def undescribed(page: Page, picture: Bare, media: Media | None) -> Finding:
    advice = _("Say what it shows between the brackets: ![A boat at low tide](…)")
    words = getattr(media, "alt", "")
    fixed = with_words(page.lines[picture.line - 1], picture, words) if words else None
    what = _("This picture is not described for those who can’t see it.")
    excerpt = page.excerpt(picture.line, picture.raw)
    return Finding(MEND, "picture", what, advice, picture.line, excerpt, fixed)


def with_words(line: str, picture: Bare, words: str) -> str | None:
    """``line`` with the words that are kept with the picture; None where it is not written in Markdown."""
    if not picture.raw.startswith("!") or picture.raw not in line:
        return None
    safe = re.sub(r"([\\\[\]])", r"\\\1", " ".join(words.split()))
    _brackets, _bracket, rest = picture.raw.partition("]")
    return line.replace(picture.raw, f"![{safe}]{rest}", 1)


def described(digests: set[str]) -> dict[str, Media]:
    """The pictures whose addresses hold these digests, in one statement that the index serves."""
    near = [Media.digest.between(digest, digest + "g") for digest in sorted(digests)[:MOST_ASKED]]
    found = session.scalars(select(Media).where(or_(*near))) if near else ()
    return {media.digest[:SHORT]: media for media in found}
