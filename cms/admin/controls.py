"""With what a setting is changed: a line, a longer text, a number, a choice, a color or a picture."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from cms.db import session
from cms.languages import locale_of
from cms.manifests import manifest
from cms.models import Media
from cms.models.setting import LANGUAGES, time_zones

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe")
AREAS += ("Indian", "Pacific")
MOST_PICTURES = 50

Options = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # (group, (value, label) …) …


@dataclass(frozen=True)
class Control:
    """The control of the setting ``name``; ``more`` explains it at length, ``default`` stands for empty."""

    name: str
    shape: str
    more: LazyString | str = ""
    options: Callable[[], Options] = tuple
    default: str = ""

    def word(self, value: str) -> str:
        """``value`` as the control shows it."""
        labels = {known: label for _group, options in self.options() for known, label in options}
        return labels.get(value, value) or _("nothing")


def languages() -> Options:
    """The site's languages, each by its own name."""
    named = ((code, Locale.parse(locale_of(code)).get_display_name()) for code in LANGUAGES)
    return (("", tuple((code, name[0].upper() + name[1:]) for code, name in named)),)


@cache
def zones() -> Options:
    """The world's time zones by area."""
    areas = {area: [] for area in AREAS}
    for zone in sorted(time_zones()):
        area, _slash, place = zone.partition("/")
        if area in areas:
            areas[area].append((zone, place.replace("_", " ").replace("/", ", ")))
    return (("", (("UTC", "UTC"),)), *((area, tuple(places)) for area, places in areas.items()))


def pictures() -> Options:
    """The site's latest pictures."""
    query = select(Media).order_by(Media.id.desc()).limit(MOST_PICTURES)
    return (("", tuple((picture.url, picture.filename) for picture in session.scalars(query))),)


SETTINGS: tuple[tuple[LazyString, tuple[Control, ...]], ...] = (
    (
        _l("The site"),
        (
            Control("name", "line"),
            Control("tagline", "line"),
            Control(
                "description",
                "text",
                _l(
                    "Search engines show it below the site’s name, feed readers above its posts. "
                    "Two or three sentences are enough. It also stands at the foot of each page."
                ),
            ),
        ),
    ),
    (
        _l("Reading"),
        (
            Control("posts_per_page", "number"),
            Control(
                "posts_per_feed",
                "number",
                _l(
                    "People who follow the site in a feed reader get its newest posts from the feed. Who "
                    "looks in less often than you publish may miss some: then choose more."
                ),
            ),
        ),
    ),
    (
        _l("Language and time"),
        (
            Control(
                "language",
                "choice",
                _l(
                    "Posts stay in the language in which they were written. What surrounds them is in this "
                    "one, for all readers alike."
                ),
                languages,
            ),
            Control(
                "timezone",
                "choice",
                _l(
                    "A post for Friday at nine appears at nine in this zone. Moments that are set already "
                    "stay the same moments: only the way in which they are told changes."
                ),
                zones,
            ),
        ),
    ),
)


OPTIONS_MORE = {
    "accent": _l(
        "The colour of links, rules and marks. It stands on light paper, so choose one that is dark enough "
        "to be read. Leave the text empty for the theme’s own."
    ),
    "accent_dark": _l(
        "The same for readers whose device is set to dark. Choose a brighter one: it stands on nearly black."
    ),
    "fonts": _l("The reader’s own fonts load at once; those of the theme take a moment on a first visit."),
    "logo_url": _l(
        "One of the pictures that were uploaded to this site. It stands beside the name, 48 by 48 points "
        "large: a square drawing looks best."
    ),
}


def controls_of(theme: str) -> list[Control]:
    """The controls of the options that the theme has."""
    options = manifest(theme).get("options", {})
    return [control_of(name, option) for name, option in options.items()]


def control_of(name: str, option: dict) -> Control:
    offered = {"choice": partial(choices_of, option), "picture": pictures}.get(option["type"], tuple)
    return Control(name, option["type"], OPTIONS_MORE.get(name, ""), offered, option["default"])


def choices_of(option: dict) -> Options:
    """What a theme offers to choose from; its default stands for no choice."""
    default, labels = option["default"], {name: c["label"] for name, c in option["choices"].items()}
    others = ((name, label) for name, label in labels.items() if name != default)
    return (("", (("", labels.get(default, default)), *others)),)
