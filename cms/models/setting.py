"""The settings that an owner changes while the site runs: typed, checked, read once and kept by version."""

import json
import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import gettext as _
from sqlalchemy import String, select
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


@dataclass(frozen=True)
class Kind:
    """One setting: its default, what its value must look like, and a line of help."""

    default: Any
    pattern: str
    help: str

    def parse(self, text: str) -> Any:
        """The value that ``text`` stands for; raises ValueError where it is none."""
        if not re.fullmatch(self.pattern, text):
            raise ValueError(text)
        return type(self.default)(text)


CHARACTER = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"  # that a page and a feed can hold
TEXT = CHARACTER + "{0,200}"
SITE_SETTINGS: dict[str, Kind] = {
    "name": Kind("Broadside", r"(?=.*\w)(?!.*=\?)" + CHARACTER + "{1,100}", "Name of the site."),
    "tagline": Kind("", TEXT, "A line under the name."),
    "description": Kind("", CHARACTER + "{0,500}", "What the site is about, for search engines and feeds."),
    "language": Kind("en", "|".join(LANGUAGES), "Language of the site: " + ", ".join(LANGUAGES) + "."),
    "timezone": Kind("UTC", r"[A-Za-z0-9_+\-/]{1,60}", "Time zone of dates, such as Europe/Berlin."),
    "theme": Kind("default", r"[a-z0-9_-]{1,40}", "Folder of the theme below themes/."),
    "accent": Kind(
        "", r"(#[0-9a-fA-F]{6})?", "Accent colour on light paper, #rrggbb; empty: the theme's own."
    ),
    "accent_dark": Kind(
        "", r"(#[0-9a-fA-F]{6})?", "Accent colour on dark paper, #rrggbb; empty: the theme's own."
    ),
    "fonts": Kind("", r"[a-z]{0,20}", "Fonts, one of the theme's choices; empty: its first."),
    "logo_url": Kind(
        "", r"(/media/[0-9a-f]{16}/[a-z0-9.\-]+)?", "Address of the logo, one of the site's pictures."
    ),
    "posts_per_page": Kind(10, r"[1-9]|[1-4]\d|50", "Posts on one page of a list, 1 to 50."),
    "posts_per_feed": Kind(20, r"[1-9]|[1-9]\d|100", "Posts in a feed, 1 to 100."),
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
        """Give the setting ``name`` the value that ``text`` stands for; raises `Refused` where it is none."""
        if name not in SITE_SETTINGS:
            raise Refused(_("There is no setting “%(name)s”.", name=name))
        try:
            value = SITE_SETTINGS[name].parse(text)
        except ValueError:
            help = SITE_SETTINGS[name].help
            raise Refused(
                _("%(name)s can’t be “%(value)s”. %(help)s", name=name, value=text, help=help)
            ) from None
        refuse_unless_there(name, value)
        (session.get(cls, name) or cls(name=name))._set(value, by=by)

    @sends(signals.setting_changed)
    def _set(self, value: Any, *, by: User | None) -> None:
        self.value = value
        session.add(self)


def refuse_unless_there(name: str, value: Any) -> None:
    """Refuse to choose what is not installed or not offered."""
    if name == "timezone" and value not in available_timezones():
        raise Refused(_("There is no time zone “%(name)s”.", name=value))
    if name == "theme" and value not in installed():
        themes = ", ".join(installed())
        raise Refused(
            _("There is no theme “%(name)s”; installed are: %(themes)s.", name=value, themes=themes)
        )
    if name == "fonts" and value and value not in choices(site.theme, "fonts"):
        offered = ", ".join(choices(site.theme, "fonts"))
        raise Refused(
            _("The theme does not offer “%(name)s”, but: %(offered)s.", name=value, offered=offered)
        )


def stored_settings() -> dict[str, Any]:
    defaults = {name: kind.default for name, kind in SITE_SETTINGS.items()}
    return defaults | dict(session.execute(select(Setting.name, Setting.value)).all())


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
    """The settings as they are when the first of them is read: for one page, which asks for many."""

    def __getattr__(self, name: str) -> Any:
        self.__dict__.update(self.values())
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(name) from None


site = Site()
