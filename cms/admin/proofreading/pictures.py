"""Pictures that say nothing to who can't see them."""

import re
from collections.abc import Iterator

from flask_babel import gettext as _

from cms.admin.proofreading.links import own_path
from cms.admin.proofreading.reading import Bare, Reading
from cms.admin.proofreading.sheet import Page, Remark
from cms.admin.verdicts import MEND
from cms.models import Media
from cms.models.media import SHORT, escaped

OWN = re.compile(rf"/media/[0-9a-f]{{{SHORT}}}/")
MOST_ASKED = 200  # pictures of one text


def findings(page: Page, reading: Reading) -> Iterator[Remark]:
    bare = [picture for picture in reading.bare_pictures() if picture.href]
    own = list(dict.fromkeys(path for picture in bare if (path := own_picture(picture.href))))
    known = Media.at(own[:MOST_ASKED])
    for picture in bare:
        media = known.get(own_picture(picture.href))
        if media is None or not media.decorative:
            yield undescribed(page, picture, media)


def own_picture(href: str) -> str | None:
    """The path of a picture of this site; None for all others."""
    path = own_path(href, "/")
    return path if path and OWN.match(path) else None


def undescribed(page: Page, picture: Bare, media: Media | None) -> Remark:
    advice = _("Say what it shows between the brackets: ![A boat at low tide](…)")
    words = media.alt if media else ""
    fixed = with_words(page.lines[picture.line - 1], picture, words) if words else None
    what = _("This picture is not described for those who can’t see it.")
    excerpt = page.excerpt(picture.line, picture.raw)
    return Remark(MEND, "picture", what, advice, picture.line, excerpt, fixed)


def with_words(line: str, picture: Bare, words: str) -> str | None:
    """``line`` with the words that are kept with the picture; None where it is not written in Markdown."""
    if not picture.raw.startswith("!") or picture.raw not in line:
        return None
    _brackets, _bracket, rest = picture.raw.partition("]")
    return line.replace(picture.raw, f"![{escaped(words)}]{rest}", 1)
