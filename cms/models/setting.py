"""The settings that an owner changes while the site runs: typed, checked, read once and kept by version."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from cms import signals
from cms.cache import SITE, remember
from cms.db import db, session
from cms.errors import Refused
from cms.manifests import choices, installed
from cms.models.base import Recorded, sends
from cms.models.user import User

LANGUAGES = ("en", "en-GB", "de")
LONGEST_SHOWN = 60  # characters of a value that is refused


@dataclass(frozen=True)
class Kind:
    """One setting: its default, its name and a line of help for people, and what its value must look like.

    A text matches ``pattern`` and is at most ``longest`` characters; a number is within ``bounds``.
    """

    default: Any
    label: LazyString
    help: LazyString
    pattern: str = ""
    longest: int = 0
    bounds: tuple[int, int] | None = None
    choices: tuple[str, ...] = ()

    def parse(self, text: str) -> Any:
        """The value that ``text`` stands for; raises ValueError where it is none."""
        if self.bounds:
            return self.parse_number(text)
        if self.choices and text not in self.choices or not re.fullmatch(self.pattern or ".*", text):
            raise ValueError(text)
        return text

    def parse_number(self, text: str) -> int:
        least, most = self.bounds
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    @property
    def expected(self) -> str:
        """What a value of it looks like, in words."""
        if self.bounds:
            return _("Enter a number from %(least)s to %(most)s.", least=self.bounds[0], most=self.bounds[1])
        if self.choices:
            return _("It is one of these: %(choices)s.", choices=", ".join(self.choices))
        return str(self.help)


CHARACTER = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"  # that a page and a feed can hold
COLOUR = {"pattern": "(#[0-9a-fA-F]{6})?", "longest": 7}
SITE_SETTINGS: dict[str, Kind] = {
    "name": Kind(
        "Broadside",
        _l("Name of the site"),
        _l("It stands on every page, in mails and in feeds. 1 to 100 characters."),
        pattern=r"(?=.*\w)(?!.*=\?)" + CHARACTER + "{1,100}",
        longest=100,
    ),
    "tagline": Kind(
        "",
        _l("Line under the name"),
        _l("What the site stands for, in a few words."),
        pattern=CHARACTER + "{0,200}",
        longest=200,
    ),
    "description": Kind(
        "",
        _l("Description"),
        _l("What the site is about, for search engines and feeds. Up to 500 characters."),
        pattern=CHARACTER + "{0,500}",
        longest=500,
    ),
    "language": Kind(
        "en", _l("Language"), _l("Language of menus, buttons, mails and dates."), choices=LANGUAGES
    ),
    "timezone": Kind(
        "UTC",
        _l("Time zone"),
        _l("Time zone of all dates, such as Europe/Berlin."),
        pattern=r"[A-Za-z0-9_+\-/]{1,60}",
        longest=60,
    ),
    "theme": Kind(
        "default",
        _l("Theme"),
        _l("Folder of the theme below themes/."),
        pattern="[a-z0-9_-]{1,40}",
        longest=40,
    ),
    "accent": Kind(
        "",
        _l("Accent colour on light paper"),
        _l("Such as #c3301a; empty: the theme’s own."),
        **COLOUR,
    ),
    "accent_dark": Kind(
        "",
        _l("Accent colour on dark paper"),
        _l("Such as #ff6f4f; empty: the theme’s own."),
        **COLOUR,
    ),
    "fonts": Kind(
        "",
        _l("Fonts"),
        _l("The type in which the site is set; empty: the theme’s first choice."),
        pattern="[a-z]{0,20}",
        longest=20,
    ),
    "logo_url": Kind(
        "",
        _l("Logo"),
        _l("Address of one of the site’s pictures, such as /media/…; empty: none."),
        pattern=r"(/media/[0-9a-f]{16}/[a-z0-9.\-]+)?",
        longest=200,
    ),
    "posts_per_page": Kind(10, _l("Posts on a page"), _l("On one page of a list, 1 to 50."), bounds=(1, 50)),
    "posts_per_feed": Kind(20, _l("Posts in a feed"), _l("The newest ones, 1 to 100."), bounds=(1, 100)),
}


class Setting(Recorded, db.Model):
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)

    def __str__(self) -> str:
        return f"{self.name} = {json.dumps(self.value)}"

    def cache_tags(self) -> set[str]:
        return {SITE}

    @classmethod
    def change(cls, name: str, text: str, *, by: User | None) -> None:
        """Give the setting ``name`` the value that ``text`` stands for; raises `Refused` where it is none.

        With the theme go the fonts that the new one does not offer.
        """
        value = accepted(name, text)
        try:
            with session.begin_nested():
                (session.get(cls, name) or cls(name=name))._set(value, by=by)
        except IntegrityError:
            raise Refused(_("Somebody else changed this in the same moment. Try again.")) from None
        if name == "theme" and site.fonts and site.fonts not in choices(value, "fonts"):
            cls.change("fonts", "", by=by)

    @sends(signals.setting_changed)
    def _set(self, value: Any, *, by: User | None) -> None:
        self.value = value
        session.add(self)


def accepted(name: str, text: str, theme: str = "") -> Any:
    """The value for the setting ``name`` that ``text`` stands for; raises `Refused` where it is none.

    Fonts are those of ``theme``, or of the site's where none is named.
    """
    if name not in SITE_SETTINGS:
        raise Refused(_("There is no setting “%(name)s”.", name=name))
    kind = SITE_SETTINGS[name]
    try:
        value = kind.parse(text)
    except ValueError:
        if not text:
            raise Refused(_("%(label)s can’t be empty.", label=kind.label)) from None
        told = {"label": kind.label, "value": text[:LONGEST_SHOWN], "help": kind.expected}
        raise Refused(_("%(label)s can’t be “%(value)s”. %(help)s", **told)) from None
    refuse_unless_there(name, value, theme or site.theme)
    return value


def refuse_unless_there(name: str, value: Any, theme: str) -> None:
    """Refuse to choose what is not installed or not offered."""
    if name == "timezone" and value not in time_zones():
        raise Refused(_("There is no time zone “%(name)s”.", name=value))
    if name == "theme" and value not in installed():
        themes = ", ".join(installed())
        raise Refused(
            _("There is no theme “%(name)s”; installed are: %(themes)s.", name=value, themes=themes)
        )
    if name == "fonts" and value and value not in choices(theme, "fonts"):
        offered = ", ".join(choices(theme, "fonts"))
        raise Refused(
            _("The theme does not offer “%(name)s”, but: %(offered)s.", name=value, offered=offered)
        )


def stored_settings(*, held: bool = False) -> dict[str, Any]:
    """All settings by name; where they are ``held``, others wait with their changes until we are done."""
    defaults = {name: kind.default for name, kind in SITE_SETTINGS.items()}
    query = select(Setting.name, Setting.value)
    return defaults | dict(session.execute(query.with_for_update() if held else query).all())


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones that this machine knows."""
    return frozenset(available_timezones())


class Site:
    """The settings as attributes: ``site.name``; each read costs nothing after the first of a version."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values()[name]
        except KeyError:
            raise AttributeError(name) from None

    @staticmethod
    def values() -> dict[str, Any]:
        return remember("settings", SITE, stored_settings)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class SettledSite(Site):
    """The settings as they are when the first of them is read: for one page, which asks for many.

    ``tried`` are values that stand for the stored ones on this page alone.
    """

    def __init__(self, tried: dict[str, Any] | None = None):
        self._tried = tried or {}

    def __getattr__(self, name: str) -> Any:
        self.__dict__.update(self.values() | self._tried)
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(name) from None


site = Site()
