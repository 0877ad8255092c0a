"""What posts and pages have in common: text, address, life and the verbs on them."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask_babel import format_decimal
from flask_babel import gettext as _
from slugify import slugify
from sqlalchemy import ForeignKey, Index, Select, String, Text, and_, bindparam, func, or_, select, text
from sqlalchemy.orm import Mapped, defer, mapped_column, relationship
from sqlalchemy.types import JSON

from cms import markup, pictures, signals
from cms.cache import BLOG
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Moment, Recorded, now, numbered, readable, sends
from cms.models.life import ARCHIVED, DRAFT, PUBLISHED, TRASHED, Clash, Life, on_its_row
from cms.models.media import Media
from cms.models.note import Note
from cms.models.redirect import LONGEST_PATH, Redirect
from cms.models.revision import Revision
from cms.models.term import LONGEST_SLUG
from cms.models.user import User, can

LONGEST_TITLE = 300
LONGEST_BODY = 1_000_000  # characters
EXCERPT_WORDS = 40
WORDS_A_MINUTE = 230
RESTORED = ("title", "summary", "body")  # by taking an old revision back
LINE = "ix_entry_line"  # holds all by which lists filter and sort, so that thousands need no row to be read
NOT_TRASHED = text(f"stage <> '{TRASHED}'")
KEPT = {"sqlite_where": NOT_TRASHED, "postgresql_where": NOT_TRASHED}


class Entry(Life, Recorded, db.Model):
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
        Index(None, "writer_id", "id"),
        Index(None, "writer_id", "stage", "updated_at"),
        Index(None, "submitter_id", "stage", "updated_at"),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}
    unrecorded = frozenset({"html", "toc", "words", "excerpt", "updated_at", "version"})
    write_act = ""  # what somebody must be allowed to write such a text

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
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=now, onupdate=now)
    canonical_url: Mapped[str] = mapped_column(String(500), default="")
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"), index=True)
    cover_alt: Mapped[str] = mapped_column(String(500), default="")
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)  # counts the saves
    preview_round: Mapped[int] = mapped_column(default=0)  # links to a preview are good for one round
    cover: Mapped[Media | None] = relationship()
    writer: Mapped[User | None] = relationship(foreign_keys="Entry.writer_id")
    submitter: Mapped[User | None] = relationship(foreign_keys="Entry.submitter_id")
    notes: Mapped[list[Note]] = relationship(
        order_by=Note.id, cascade="all, delete-orphan", passive_deletes=True
    )

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
        if can(user, "see unpublished"):
            return select(cls).where(cls.stage != TRASHED)
        if user is not None and can(user, cls.write_act):
            own = and_(cls.writer_id == user.id, cls.stage != TRASHED)
            return select(cls).where(or_(cls.is_public(), own))
        return select(cls).where(cls.is_public())

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

    @classmethod
    def with_cover(cls, picture: Media, most: int) -> list["Entry"]:
        """The newest entries whose cover is ``picture``, without their texts."""
        query = select(cls).where(cls.cover_id == picture.id).order_by(cls.id.desc()).limit(most)
        return list(session.scalars(query.options(defer(cls.body), defer(cls.html))))

    # Verbs

    @classmethod
    def write(cls, *, by: User | None, title: str, body: str, **fields):
        """Begin a draft. Fields are those of `revise`; raises `Refused` where one can't be accepted."""
        entry = cls()
        entry._begin(by=by, title=title, body=body, **fields)
        return entry

    @sends(signals.entry_written)
    def _begin(self, *, by: User | None, **fields) -> None:
        self.stage, self.version, self.writer_id = DRAFT, 1, by.id if by else None
        with session.no_autoflush:
            self._assign(by=by, **{"slug": "", "summary": "", **fields})
        session.add(self)

    @on_its_row
    @sends(signals.entry_revised)
    def revise(self, *, by: User | None, based_on: int | None = None, **fields) -> None:
        """Change fields; a new slug leaves a redirect at the old address.

        Raises `Clash` where somebody saved after the version that the change is ``based_on``.
        """
        self._refuse_trashed()
        if based_on is not None and based_on != self.version:
            raise Clash(_("Somebody else saved this text while you were writing."))
        with session.no_autoflush:
            before = self.as_written()
            self._assign(by=by, **fields)
            if self.stage == PUBLISHED:
                self._refuse_expired_by(self.published_at)
                self._refuse_unmerged()
            self._keep_history(before, by=by)

    def take_back(self, revision: Revision, *, by: User | None) -> None:
        """Say again what ``revision`` says; address, dates and subjects stay as they are."""
        if revision.entry_id != self.id:
            raise Refused(_("This revision belongs to another text."))
        Revision.close_last(self)
        self.revise(by=by, **{name: revision.fields[name] for name in RESTORED})

    def share_preview(self, days: int, *, by: User | None) -> None:
        """Note that a link to a preview was made, which is good for ``days``."""
        self._refuse_trashed()
        made = signals.entry_preview_made
        made.send(self, event=made.name, by=by, changes={"days": [None, days]})

    @sends(signals.entry_previews_ended)
    def end_previews(self, *, by: User | None) -> None:
        """Let no link to a preview that was given away lead to it any more."""
        self.preview_round += 1

    def as_written(self) -> dict[str, Any]:
        """What an editor can change, by name and in JSON's types."""
        dates = {"expires_at": self.expires_at.isoformat() if self.expires_at else None}
        texts = ("title", "slug", "summary", "body", "canonical_url", "cover_alt")
        return {name: getattr(self, name) or "" for name in texts} | {"cover_id": self.cover_id} | dates

    def _keep_history(self, before: dict[str, Any], *, by: User | None) -> None:
        after = self.as_written()
        if after == before:
            return
        if Revision.numbered(self, self.version) is None:
            Revision.keep(self, before, number=self.version, by=self.writer, at=self.updated_at)
        self.version += 1
        Revision.keep(self, after, number=self.version, by=by, at=now())

    def render(self) -> None:
        """Make the HTML anew from the Markdown, as after a change of the renderer or the site's language."""
        self._set_body(self.body)

    # How the verbs do it

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
        self.body, self.html, self.words = body, pictures.measure(rendered.html), rendered.words
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
        Redirect.give_way(self.path, by=by, entry=self)
        if len(self.path) > LONGEST_PATH:
            raise Refused(_("The address is longer than %(n)d characters.", n=LONGEST_PATH))

    def _is_taken(self, path: str) -> bool:
        return session.scalar(select(Entry.id).where(Entry.path == path)) is not None


def refuse_unless_web_address(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if parts.scheme not in ("http", "https") or not parts.netloc or len(address) > LONGEST_PATH:
        raise Refused(_("“%(address)s” is no address on the web.", address=address[:100]))
