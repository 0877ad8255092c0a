"""The two sanitisers behind one allow-list: bleach, and nh3 as a second, independent one."""

import re
import threading
from collections.abc import Callable

from bleach.sanitizer import Cleaner as BleachCleaner
from nh3 import Cleaner as NhCleaner

from cms.markup import elements
from cms.markup.attributes import ANYWHERE, OF_TAG
from cms.markup.characters import STAND_INS
from cms.markup.links import SCHEMES
from cms.markup.walker import LinearWalker

ADDED = {"a": {"rel"}, "audio": {"controls"}, "video": {"controls"}}
"""Attributes that this package adds and no author writes."""

IN_TEXT = re.compile(r"(<[^<>]*>)|&(amp|lt|gt);")
STAND_IN = dict(zip(("amp", "lt", "gt"), STAND_INS, strict=True))
BACK = str.maketrans({stand_in: f"&{name};" for name, stand_in in STAND_IN.items()})


def _in_linear_time(sanitise: Callable[[str], str], html: str) -> str:
    """What a sanitiser leaves of the HTML, the references in its text passing as private characters.

    Both parsers begin a piece of text at each `&` and copy the text before it to append the piece.
    """
    passing = IN_TEXT.sub(lambda match: match[1] or STAND_IN[match[2]], html)
    return sanitise(passing).translate(BACK)


class Sanitiser:
    """Both passes for one kind of author. Not to be shared by threads: bleach's parser keeps state."""

    def __init__(self, trusted: bool) -> None:
        tags = (elements.TRUSTED if trusted else elements.MEMBERS) - {"iframe"}
        attributes = {tag: {*ANYWHERE, *OF_TAG.get(tag, {}), *ADDED.get(tag, ())} for tag in tags}
        if not trusted:
            for names in attributes.values():
                names.discard("id")
        named = {tag: sorted(names) for tag, names in attributes.items()}
        self._bleach = BleachCleaner(tags=tags, attributes=named, protocols=SCHEMES, strip=True)
        self._bleach.walker = LinearWalker
        self._nh3 = NhCleaner(
            tags=tags,
            attributes=attributes,
            url_schemes=SCHEMES,
            link_rel=None,
            clean_content_tags={"script", "style"},
        )

    def first(self, html: str) -> str:
        """What bleach leaves of the HTML."""
        return _in_linear_time(self._bleach.clean, html)

    def second(self, html: str) -> str:
        """What nh3 leaves of the HTML."""
        return _in_linear_time(self._nh3.clean, html)


_of_thread = threading.local()


def sanitiser(trusted: bool) -> Sanitiser:
    """This thread's sanitiser for that kind of author."""
    kept: dict[bool, Sanitiser] = _of_thread.__dict__.setdefault("sanitisers", {})
    if trusted not in kept:
        kept[trusted] = Sanitiser(trusted)
    return kept[trusted]
