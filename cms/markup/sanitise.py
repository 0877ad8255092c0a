"""The two sanitisers behind one allow-list: bleach, and nh3 as a second, independent one."""

import threading

from bleach.sanitizer import Cleaner as BleachCleaner
from nh3 import Cleaner as NhCleaner

from cms.markup import elements
from cms.markup.attributes import ANYWHERE, OF_TAG
from cms.markup.links import SCHEMES
from cms.markup.walker import LinearWalker

ADDED = {"a": {"rel"}, "audio": {"controls"}, "video": {"controls"}}
"""Attributes that this package adds and no author writes."""


class Sanitiser:
    """Both passes for one kind of author. Not to be shared by threads: bleach's parser keeps state."""

    def __init__(self, trusted: bool) -> None:
        tags = (elements.TRUSTED if trusted else elements.MEMBERS) - {"iframe"}
        attributes = {tag: {*ANYWHERE, *OF_TAG.get(tag, {}), *ADDED.get(tag, ())} for tag in tags}
        if not trusted:
            for names in attributes.values():
                names.discard("id")
        self._bleach = BleachCleaner(
            tags, {tag: sorted(names) for tag, names in attributes.items()}, SCHEMES, True
        )
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
        return self._bleach.clean(html)

    def second(self, html: str) -> str:
        """What nh3 leaves of the HTML."""
        return self._nh3.clean(html)


_of_thread = threading.local()


def sanitiser(trusted: bool) -> Sanitiser:
    """This thread's sanitiser for that kind of author."""
    kept: dict[bool, Sanitiser] = _of_thread.__dict__.setdefault("sanitisers", {})
    if trusted not in kept:
        kept[trusted] = Sanitiser(trusted)
    return kept[trusted]
