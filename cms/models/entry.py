"""What posts and pages have in common: text, address, life and the verbs on them."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask_babel import format_decimal
from flask_babel import gettext as _
from slugify import slugify
from sqlalchemy import ForeignKey, Index, Select, String, Text, and_, bindparam, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from cms import markup, signals
from cms.cache import BLOG
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Moment, Recorded, now, numbered, readable, sends
from cms.models.media import Media
from cms.models.redirect import LONGEST_PATH, Redirect
from cms.models.term import LONGEST_SLUG
from cms.models.user import User, can

DRAFT, PUBLISHED, ARCHIVED, TRASHED = "draft", "published", "archived", "trashed"
SCHEDULED = "scheduled"  # a state, but no stage: published at a moment that is still to come
LONGEST_TITLE = 300
LONGEST_BODY = 1_000_000  # characters
EXCERPT_WORDS = 40
WORDS_A_MINUTE = 230
LINE = "ix_entry_line"  # holds all by which lists filter and sort, so that thousands need no row to be read
NOT_TRASHED = text(f"stage <> '{TRASHED}'")
KEPT = {"sqlite_where": NOT_TRASHED, "postgresql_where": NOT_TRASHED}


class Entry(Recorded, db.Model):
    """A post or a page. ``stage`` is what was decided about it, `state` what that means right now."""

    __table_args__ = (
        Index(None, "kind", "stage", "published_at", "id", "expires_at"),
        Index(None, "kind", "stage", "updated_at", "id"),
        Index(None, "kind", "stage", "title", "id"),
        Index(None, "kind", "stage", "id"),
        Index("ix_entry_kept_by_published_at", "kind", "published_at", "id", **KEPT),
        Index("ix_entry_kept_by_updated_at", "kind", "updated_at", "id", **KEPT),
        Index("ix_entry_kept_by_title", "kind", "title", "id", **KEPT),
        Index(LINE, "kind", "id", "stage", "updated_at", "published_at", "expires_at", "title"),
        Index(None, "expires_at"),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}
    unrecorded = frozenset({"html", "toc", "words", "excerpt", "updated_at"})

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG + 10))
    path: Mapped[str] = mapped_column(String(500), unique=True)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    toc: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    words: Mapped[int]
    excerpt: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped[str] = mapped_column(String(10), default=DRAFT)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=now, onupdate=now)
    canonical_url: Mapped[str] = mapped_column(String(500), default="")
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"))
    cover_alt: Mapped[str] = mapped_column(String(500), default="")
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    cover: Mapped[Media | None] = relationship()

    fields = frozenset(
        {"title", "slug", "body", "summary", "expires_at", "canonical_url", "cover", "cover_alt", "extra"}
    )

    def __str__(self) -> str:
        return self.title

    # What it is right now

    @property
    def url(self) -> str:
        return f"/{self.path}"

    @property
    def state(self) -> str:
        """draft, scheduled, published, archived or trashed."""
        if self.stage != PUBLISHED:
            return self.stage
        if self.published_at > now():
            return SCHEDULED
        return ARCHIVED if self.expires_at and self.expires_at <= now() else PUBLISHED

    @property
    def has_been_public(self) -> bool:
        return self.published_at is not None and self.published_at <= now()

    @property
    def is_public_now(self) -> bool:
        return self.stage in (PUBLISHED, ARCHIVED) and self.has_been_public

    @property
    def reading_minutes(self) -> int:
        return max(1, round(self.words / WORDS_A_MINUTE))

    @property
    def cover_url(self) -> str | None:
        return self.cover.url if self.cover else None

    def cache_tags(self) -> set[str]:
        return {BLOG}

    @classmethod
    def is_kept(cls):
        """The condition under which it is not in the trash, as the indexes of what is kept spell it."""
        return cls.stage != bindparam(None, TRASHED, literal_execute=True)

    # What exists for whom

    @classmethod
    def is_public(cls):
        """The condition under which anybody may read it: archived ones keep their address."""
        return and_(cls.stage.in_((PUBLISHED, ARCHIVED)), cls.published_at <= now())

    @classmethod
    def is_listed(cls, until: datetime | None = None):
        """The condition under which lists, feeds, search and sitemap show it, if published ``until`` then.

        SQLite enters an index at one upper bound only, so that there must be but one.
        """
        moment = now()
        return cls.is_listed_at(moment, min(moment, until or moment))

    @classmethod
    def is_listed_at(cls, moment, until):
        """`is_listed` as it is at ``moment``; both may be parameters of a statement."""
        current = or_(cls.expires_at.is_(None), cls.expires_at > moment)
        return and_(cls.stage == PUBLISHED, cls.published_at <= until, current)

    @classmethod
    def visible_to(cls, user: User | None) -> Select:
        """Those that exist for ``user``; None is a reader without an account."""
        return select(cls).where(cls.stage != TRASHED if can(user, "see unpublished") else cls.is_public())

    @classmethod
    def next_change(cls) -> datetime | None:
        """The moment at which one appears or expires without anybody's doing."""
        moment = now()
        changes = [
            select(func.min(Entry.published_at)).where(
                Entry.kind == kind, Entry.stage == PUBLISHED, Entry.published_at > moment
            )
            for kind in ("post", "page")
        ]
        changes.append(
            select(func.min(Entry.expires_at)).where(Entry.stage == PUBLISHED, Entry.expires_at > moment)
        )
        known = session.execute(select(*(change.scalar_subquery() for change in changes))).one()
        return min((found for found in known if found), default=None)

    # Verbs

    @classmethod
    def write(cls, *, by: User | None, title: str, body: str, **fields):
        """Begin a draft. Fields are those of `revise`; raises `Refused` where one can't be accepted."""
        entry = cls()
        entry._begin(by=by, title=title, body=body, **fields)
        return entry

    @sends(signals.entry_written)
    def _begin(self, *, by: User | None, **fields) -> None:
        self.stage = DRAFT
        with session.no_autoflush:
            self._assign(by=by, **{"slug": "", "summary": "", **fields})
        session.add(self)

    @sends(signals.entry_revised)
    def revise(self, *, by: User | None, **fields) -> None:
        """Change fields; a new slug leaves a redirect at the old address."""
        self._refuse_trashed()
        with session.no_autoflush:
            self._assign(by=by, **fields)

    @sends(signals.entry_published)
    def publish(self, *, by: User | None, at: datetime | None = None) -> None:
        """Publish now, or at the moment ``at``: past for an old text, future to schedule it."""
        self._refuse_trashed()
        if self.expires_at and self.expires_at <= (at or now()):
            raise Refused(_("It would expire before it is published."))
        self.stage = PUBLISHED
        self.published_at = at or self.published_at or now()
        if at is None and self.published_at > now():
            self.published_at = now()

    @sends(signals.entry_withdrawn)
    def withdraw(self, *, by: User | None) -> None:
        """Make it a draft again; one that never appeared forgets when it would have."""
        self._refuse_trashed()
        self.stage = DRAFT
        if not self.has_been_public:
            self.published_at = None

    @sends(signals.entry_archived)
    def archive(self, *, by: User | None) -> None:
        """Take it out of the lists; its address still answers."""
        if self.state not in (PUBLISHED, ARCHIVED):
            raise Refused(_("Only what is published can be archived."))
        self.stage = ARCHIVED

    @sends(signals.entry_removed)
    def remove(self, *, by: User | None) -> None:
        """Put it into the trash. An address that was public says from now on that it is gone."""
        self._remove(by=by)

    @sends(signals.entry_restored)
    def restore(self, *, by: User | None) -> None:
        """Take it back from the trash, as a draft at its old address."""
        if self.stage != TRASHED:
            raise Refused(_("It is not in the trash."))
        self._move(self.slug, by=by)
        self.stage = DRAFT

    def render(self) -> None:
        """Make the HTML anew from the Markdown, as after a change of the renderer or the site's language."""
        self._set_body(self.body)

    # How the verbs do it

    def _remove(self, *, by: User | None) -> None:
        self._refuse_trashed()
        if self.has_been_public:
            Redirect.put(self.path, status=410, entry=self, by=by)
        self.stage = TRASHED
        self.path = f"trash/{self.id}/"

    def _refuse_trashed(self) -> None:
        if self.stage == TRASHED:
            raise Refused(_("It is in the trash; restore it first."))

    def _assign(self, *, by: User | None, **fields) -> None:
        if unknown := fields.keys() - self.fields:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        if "title" in fields:
            self._set_title(fields.pop("title"))
        if "body" in fields:
            self._set_body(fields.pop("body"))
        if fields.get("canonical_url"):
            refuse_unless_web_address(fields["canonical_url"])
        slug = fields.pop("slug", None)
        for name, value in fields.items():
            setattr(self, name, value)
        if slug is not None or "parent" in fields:
            wanted = slugify(slug or self.slug or self.title, max_length=LONGEST_SLUG)
            self._move(wanted or type(self).__name__.lower(), by=by)
        self.excerpt = self.summary or self._opening

    def _set_title(self, title: str) -> None:
        self.title = " ".join(readable(title).split())
        if not self.title:
            raise Refused(_("A title is needed."))
        if len(self.title) > LONGEST_TITLE:
            raise Refused(_("The title is longer than %(n)s characters.", n=format_decimal(LONGEST_TITLE)))

    def _set_body(self, body: str) -> None:
        if len(body) > LONGEST_BODY:
            raise Refused(_("The text is longer than %(n)s characters.", n=format_decimal(LONGEST_BODY)))
        body = readable(body)
        rendered = markup.render(body, trusted=True)
        self.body, self.html, self.words = body, rendered.html, rendered.words
        self.toc = [{"level": head.level, "id": head.id, "title": head.title} for head in rendered.toc]

    @property
    def _opening(self) -> str:
        paragraphs = " ".join(re.findall(r"<p>.*?</p>", self.html[:20_000], re.S)) or self.html[:20_000]
        words = markup.plain_text(paragraphs).split()
        return " ".join(words[:EXCERPT_WORDS]) + ("…" if len(words) > EXCERPT_WORDS else "")

    def _path_for(self, slug: str) -> str:
        return f"{slug}/"

    def _move(self, slug: str, *, by: User | None) -> None:
        """Take the address made of ``slug``, or the next free one like it, and leave a redirect."""
        before = self.path
        self.slug, self.path = next(
            (name, path)
            for name, path in ((name, self._path_for(name)) for name in numbered(slug))
            if path == before or not self._is_taken(path)
        )
        if before and before != self.path and self.has_been_public and self.stage != TRASHED:
            Redirect.put(before, status=301, entry=self, by=by)
        Redirect.clear(self.path)
        if len(self.path) > LONGEST_PATH:
            raise Refused(_("The address is longer than %(n)d characters.", n=LONGEST_PATH))

    def _is_taken(self, path: str) -> bool:
        return session.scalar(select(Entry.id).where(Entry.path == path)) is not None


def refuse_unless_web_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or len(address) > LONGEST_PATH:
        raise Refused(_("“%(address)s” is no address on the web.", address=address[:100]))
