"""One Markdown file of a foreign site, and the site as its configuration describes it."""

import posixpath
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cms.transfer import dates, frontmatter
from cms.transfer.draft import Remark, Unreadable
from cms.transfer.fields import Fields
from cms.transfer.frontmatter import Page

CONFIGURATIONS = {
    "hugo.toml": "Hugo",
    "hugo.yaml": "Hugo",
    "hugo.yml": "Hugo",
    "config/_default/hugo.toml": "Hugo",
    "config/_default/config.toml": "Hugo",
    "_config.yml": "Jekyll",
    "_config.yaml": "Jekyll",
    "config.toml": "",
    "config.yaml": "Hugo",
    "zola.toml": "Zola",
}
LANGUAGE = re.compile(r"^(.+)\.([a-z]{2}(?:-[a-z]{2})?)$")
LARGEST_CONFIGURATION = 500_000  # bytes
TOKEN = re.compile(r":(\w+)")


@dataclass
class Site:
    """The site that a folder holds: ``root`` of it, its ``content``, and what its configuration says.

    ``zone`` is that of dates which name none: the configured one, else the one given by who reads it.
    """

    root: Path
    content: Path
    dialect: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    zone: tzinfo = UTC

    def settle_zone(self, otherwise: tzinfo) -> None:
        """Take the zone that the configuration names (Jekyll: timezone, Hugo: timeZone), else another."""
        told = str(self.settings.get("timezone") or "")
        try:
            self.zone = ZoneInfo(told) if told else otherwise
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.zone = otherwise
            self.remarks.append(
                Remark(self.root.name, f"there is no time zone “{told}”: {otherwise} was taken for its dates")
            )

    @property
    def base(self) -> str:
        """Its public address, without a slash at the end; nothing where it is unknown."""
        told = self.settings.get("base_url") or self.settings.get("baseurl") or self.settings.get("url") or ""
        if self.dialect == "Jekyll":
            told = f"{self.settings.get('url') or ''}{self.settings.get('baseurl') or ''}"
        return str(told).rstrip("/")

    @property
    def is_whole(self) -> bool:
        """Whether its content folder is known to be all of it, so that its root means something."""
        return bool(self.dialect) or self.content.name == "content"

    @property
    def host(self) -> str:
        return urlsplit(self.base).netloc.lower()

    @property
    def language(self) -> str:
        told = self.settings.get("defaultcontentlanguage") or self.settings.get("default_language") or ""
        return str(told).lower()

    @property
    def permalinks(self) -> dict[str, str]:
        """Hugo's patterns of addresses by section."""
        told = self.settings.get("permalinks")
        patterns = told if isinstance(told, dict) else {}
        pages = patterns.get("page") if isinstance(patterns.get("page"), dict) else {}
        return {name: pattern for name, pattern in {**patterns, **pages}.items() if isinstance(pattern, str)}


def find_site(folder: Path) -> Site:
    """The site that ``folder`` is the root or the content folder of. Raises `Unreadable`."""
    roots = [folder, folder.parent] if folder.name in ("content", "_posts") else [folder]
    for root in roots:
        for name, dialect in CONFIGURATIONS.items():
            if (root / name).is_file():
                return configured_site(folder, root, name, dialect)
    return Site(folder, folder)


def configured_site(folder: Path, root: Path, name: str, dialect: str) -> Site:
    settings = {key.lower(): value for key, value in read_configuration(root / name, name).items()}
    dialect = dialect or ("Zola" if "base_url" in settings else "Hugo")
    content = root / "content" if dialect != "Jekyll" and (root / "content").is_dir() else root
    return Site(root, folder if folder != root else content, dialect, settings)


def read_configuration(file: Path, name: str) -> dict[str, Any]:
    """The settings in a generator's configuration file. Raises `Unreadable`."""
    if file.stat().st_size > LARGEST_CONFIGURATION:
        raise Unreadable(name, 1, f"it is larger than {LARGEST_CONFIGURATION} bytes")
    text = frontmatter.decode(name, file.read_bytes())
    read = frontmatter.read_toml if name.endswith(".toml") else frontmatter.read_yaml
    return frontmatter.tidy(name, read(name, text, first_line=1))


@dataclass
class Source:
    """A Markdown file: its ``path`` below the content folder, its fields and body, and the site it is of."""

    path: str
    page: Page
    site: Site
    dialect: Any = None

    @cached_property
    def stem(self) -> str:
        return posixpath.splitext(posixpath.basename(self.path))[0]

    @cached_property
    def bare_stem(self) -> str:
        found = LANGUAGE.match(self.stem) if self.dialect and self.dialect.NAME == "Hugo" else None
        return found[1] if found else self.stem

    @property
    def language(self) -> str:
        return self.stem[len(self.bare_stem) + 1 :] or self.site.language

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.path)

    @property
    def is_bundle(self) -> bool:
        """Whether it is the text of its folder, beside its pictures."""
        return self.bare_stem == "index"

    @property
    def is_section(self) -> bool:
        return self.bare_stem == "_index"

    @property
    def name(self) -> str:
        """What the file is called, or for a bundle its folder."""
        return posixpath.basename(self.folder) or self.stem if self.is_bundle else self.bare_stem

    @property
    def name_without_date(self) -> str:
        return dates.from_name(self.name)[1]

    @property
    def section_path(self) -> str:
        """The folders above the page."""
        return posixpath.dirname(self.folder) if self.is_bundle else self.folder

    @property
    def section(self) -> str:
        """The first folder."""
        return self.section_path.split("/")[0]

    def date(self, fields: Fields) -> datetime | None:
        """When it was published: by its fields, else its name, its folders or the addresses it had."""
        told = fields.moment("date", "published_at", "pubDate", "created", "publishdate")
        named = dates.from_name(self.name, self.site.zone)[0]
        return told or named or dates.from_folders(posixpath.dirname(self.path), self.site.zone)

    def fill(self, pattern: str, fields: Fields, slug: str) -> str:
        """An address from Hugo's ``pattern``, such as /:year/:month/:slug/."""
        day = self.date(fields)
        known = {
            "section": urlize(self.section),
            "sections": urlize(self.section_path),
            "title": urlize(fields.text("title")),
            "slug": urlize(slug),
            "slugorfilename": urlize(slug),
            "slugorcontentbasename": urlize(slug),
            "filename": urlize(self.name),
            "contentbasename": urlize(self.name),
            **day_parts(day),
        }
        return TOKEN.sub(lambda found: known.get(found[1], found[0]), pattern)

    def remark(self, text: str) -> None:
        """Warn of something in this file."""
        self.site.remarks.append(Remark(self.path, text))


def day_parts(day: datetime | None) -> dict[str, str]:
    """The parts of a date that patterns of addresses may name; nothing where there is no date."""
    codes = {
        "year": "%Y", "month": "%m", "day": "%d", "monthname": "%B", "weekdayname": "%A", "yearday": "%j",
        "short_year": "%y", "short_month": "%b", "hour": "%H", "minute": "%M", "second": "%S", "y_day": "%j",
        "long_month": "%B", "week": "%V", "w_year": "%G", "short_day": "%a", "long_day": "%A",
    }  # fmt: skip
    parts = {name: day.strftime(code).lower() if day else "" for name, code in codes.items()}
    numbers = {"i_month": str(day.month), "i_day": str(day.day)} if day else {"i_month": "", "i_day": ""}
    return parts | numbers


def urlize(path: str) -> str:
    """``path`` as Hugo makes an address of it: small letters, hyphens for spaces, no odd characters."""
    path = re.sub(r"\s+", "-", path.strip().lower())
    return re.sub(r"[^\w./#+~%@-]", "", path)
