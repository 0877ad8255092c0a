"""The forms in which posts and pages are written."""

import csv
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_admin.form import BaseForm
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FileField,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from cms.admin.clock import moment_at
from cms.db import session
from cms.models import Author, Category, Entry, Page, Post, Series, Tag, User, site
from cms.models.entry import LONGEST_BODY, LONGEST_TITLE
from cms.models.redirect import LONGEST_PATH
from cms.models.term import LONGEST_NAME, LONGEST_SLUG

LONGEST_SUMMARY = 1000  # characters
LONGEST_LIST = 2000  # characters
MOST_NAMES = 50  # tags or authors of one post
LOCAL_MINUTE = "%Y-%m-%dT%H:%M"
LOCAL_FORMATS = [LOCAL_MINUTE, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class EntryForm(BaseForm):
    """What a post and a page have in common; ``version`` is the one on which the typed text is based."""

    version = HiddenField()
    key = HiddenField()  # under which it is kept while it is unsaved
    title = StringField(
        _l("Title"), [DataRequired(_l("Give it a title.")), Length(max=LONGEST_TITLE)], default=""
    )
    body = TextAreaField(_l("Text"), [Length(max=LONGEST_BODY)], default="")
    summary = TextAreaField(
        _l("Summary"),
        [Length(max=LONGEST_SUMMARY)],
        default="",
        description=_l("One or two sentences, for lists, feeds and search engines."),
    )
    slug = StringField(
        _l("End of the address"),
        [Length(max=LONGEST_SLUG)],
        default="",
        description=_l("Empty: made of the title. An address that was public leads on to the new one."),
    )
    cover_file = FileField(_l("Title picture"))
    cover_alt = StringField(
        _l("The picture in words"),
        [Length(max=500)],
        default="",
        description=_l("For those who don’t see it. Empty if it only decorates."),
    )
    without_cover = BooleanField(_l("Take the picture away"))
    expires_at = DateTimeLocalField(
        _l("Leaves the lists at"),
        [Optional()],
        format=LOCAL_FORMATS,
        description=_l("From then on it is in the archive; its address still answers."),
    )
    canonical_url = StringField(
        _l("Original address"),
        [Length(max=LONGEST_PATH)],
        default="",
        description=_l("Where this text stood first, if that was elsewhere."),
    )

    def values(self, *, by: User | None) -> dict[str, Any]:
        """The fields as `Entry.revise` takes them; terms that are new are made."""
        names = ("title", "body", "summary", "slug", "cover_alt", "canonical_url")
        told = {name: normal(self[name].data) for name in names}
        expires_at = self.expires_at.data
        return told | {"expires_at": moment_at(expires_at) if expires_at else None}

    def as_kept(self) -> dict[str, str]:
        """What was typed, as it is kept until it is saved."""
        return {field.name: typed(field) for field in self if not isinstance(field, FileField)}


def names_field(label, description):
    return StringField(label, [Length(max=LONGEST_LIST)], default="", description=description)


LISTS = {"tags": Tag, "authors": Author}


class PostForm(EntryForm):
    tags = names_field(_l("Tags"), _l("With commas between them. New ones are made."))
    authors = names_field(_l("Authors"), _l("With commas between them."))
    category = StringField(_l("Category"), [Length(max=LONGEST_NAME)], default="")
    series = StringField(_l("Series"), [Length(max=LONGEST_NAME)], default="")
    series_position = IntegerField(_l("Part number"), [Optional(), NumberRange(1, 100_000)])

    def validate_tags(self, field: StringField) -> None:
        refuse_too_many(field)

    def validate_authors(self, field: StringField) -> None:
        refuse_too_many(field)

    def values(self, *, by: User | None) -> dict[str, Any]:
        lists = {
            "tags": terms(Tag, self.tags.data, by=by),
            "authors": terms(Author, self.authors.data, by=by),
        }
        category, series = term(Category, self.category.data, by=by), term(Series, self.series.data, by=by)
        place = {"series": series, "series_position": self.series_position.data if series else None}
        return super().values(by=by) | lists | {"category": category} | place


class PageForm(EntryForm):
    parent = StringField(
        _l("Below the page"),
        [Length(max=LONGEST_PATH)],
        default="",
        description=_l("Address of the page above it, such as /about/. Empty: at the top."),
    )
    position = IntegerField(_l("Place among its neighbours"), [Optional(), NumberRange(0, 100_000)])

    def validate_parent(self, field: StringField) -> None:
        if field.data and page_at(field.data) is None:
            raise ValidationError(_("There is no page at this address."))

    def values(self, *, by: User | None) -> dict[str, Any]:
        parent = page_at(self.parent.data) if self.parent.data else None
        return super().values(by=by) | {"parent": parent, "position": self.position.data}


def page_at(address: str) -> Page | None:
    path = address.strip().strip("/") + "/"
    return session.scalars(select(Page).where(Page.path == path)).one_or_none()


def refuse_too_many(field: StringField) -> None:
    if len(names_in(field.data)) > MOST_NAMES:
        raise ValidationError(_("These are more than %(n)d.", n=MOST_NAMES))


def names_in(text: str | None) -> list[str]:
    """The names in a list with commas between them, each once; quotes keep a name with a comma together."""
    rows = csv.reader([" ".join((text or "").split())[: LONGEST_LIST + 1]], skipinitialspace=True)
    return list(dict.fromkeys(name for part in next(rows, []) if (name := part.strip())))


def terms(kind: type, text: str | None, *, by: User | None) -> list:
    """The terms called so; new ones are made in one order by everybody, so that nobody waits in a circle."""
    names = names_in(text)
    found = {name: kind.named(name, by=by) for name in sorted(names)}
    return [found[name] for name in names]


def term(kind: type, name: str | None, *, by: User | None):
    return kind.named(name, by=by) if name and name.strip() else None


def normal(text: str | None) -> str:
    """``text`` with the line breaks that are kept; browsers send others."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


def typed(field) -> str:
    """What stands in a field, also where it could not be read."""
    if isinstance(field, BooleanField):
        return "y" if field.data else ""
    if field.raw_data:
        return normal(str(field.raw_data[0]))
    if isinstance(field.data, datetime):
        return field.data.strftime(LOCAL_MINUTE)
    return "" if field.data is None else str(field.data)


def local_minute(moment: str | datetime | None) -> str:
    """A moment, or its ISO form, as a field of date and time shows it."""
    if not moment:
        return ""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at.astimezone(site.zone).strftime(LOCAL_MINUTE)


def listed(names: Iterable[str]) -> str:
    """Names as `names_in` reads them."""
    quoted = (
        f'"{name.replace(chr(34), chr(34) * 2)}"' if {",", chr(34)} & {*name} else name for name in names
    )
    return ", ".join(quoted)


def shown(entry: Entry, written: dict[str, Any]) -> dict[str, str]:
    """What `Entry.as_written` told, as the fields of the form show it."""
    texts = ("title", "body", "summary", "slug", "cover_alt", "canonical_url")
    fields = {name: written.get(name) or "" for name in texts}
    fields["expires_at"] = local_minute(written.get("expires_at"))
    if isinstance(entry, Post):
        lists = {name: listed(written.get(name) or ()) for name in ("tags", "authors")}
        single = {name: str(written.get(name) or "") for name in ("category", "series", "series_position")}
        return fields | lists | single
    parent = session.get(Page, written["parent_id"]) if written.get("parent_id") else None
    place = "" if written.get("position") is None else str(written["position"])
    return fields | {"parent": parent.url if parent else "", "position": place}
