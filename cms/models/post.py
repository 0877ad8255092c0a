"""A post of the blog."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, event, select
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import Load, Mapped, Session, defer, joinedload, mapped_column, relationship, selectinload

from cms.db import db, session
from cms.models.base import Moment
from cms.models.entry import Entry
from cms.models.life import PUBLISHED
from cms.models.term import Author, Category, Series, Tag
from cms.models.user import User


class Listing:
    """A line of a list of posts, such as a tag's: it holds the date so that one index pages through it.

    ``listed_at`` is the post's date while the post is published, else None.
    """

    listed_at: Mapped[datetime | None] = mapped_column(Moment)


class Tagging(Listing, db.Model):
    __table_args__ = (Index(None, "tag_id", "listed_at", "post_id"), Index(None, "tag_id", "post_id"))

    post_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    tag: Mapped[Tag] = relationship()


class Byline(Listing, db.Model):
    __table_args__ = (Index(None, "author_id", "listed_at", "post_id"), Index(None, "author_id", "post_id"))

    post_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    author: Mapped[Author] = relationship()


class Post(Entry):
    __mapper_args__ = {"polymorphic_identity": "post"}
    recorded_names = ("authors", "tags")
    write_act = "write posts"
    fields = Entry.fields | {"authors", "tags", "category", "series", "series_position"}

    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id", ondelete="SET NULL"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="SET NULL"))
    series_position: Mapped[int | None]

    category: Mapped[Category | None] = relationship()
    series: Mapped[Series | None] = relationship()
    taggings: Mapped[list[Tagging]] = relationship(
        order_by=Tagging.position, collection_class=ordering_list("position"), cascade="all, delete-orphan"
    )
    bylines: Mapped[list[Byline]] = relationship(
        order_by=Byline.position, collection_class=ordering_list("position"), cascade="all, delete-orphan"
    )
    tags: AssociationProxy[list[Tag]] = association_proxy(
        "taggings", "tag", creator=lambda tag: Tagging(tag=tag)
    )
    authors: AssociationProxy[list[Author]] = association_proxy(
        "bylines", "author", creator=lambda author: Byline(author=author)
    )

    @classmethod
    def listed(cls, until: datetime | None = None) -> Select:
        """What lists, feeds and the sitemap show, without the texts; not yet in an order."""
        return cls.unfiltered().where(cls.is_listed(until))

    @classmethod
    def unfiltered(cls) -> Select:
        """All posts, loaded as a list shows them."""
        return select(cls).options(*cls.for_lists())

    @classmethod
    @cache
    def for_lists(cls) -> tuple:
        """Load what a line of a list shows, in a constant number of queries."""
        texts = (cls.body, cls.html, cls.toc, cls.extra)
        bylines = selectinload(cls.bylines).joinedload(Byline.author)
        return (*(defer(text) for text in texts), joinedload(cls.cover), joinedload(cls.category), bylines)

    @classmethod
    @cache
    def with_terms(cls) -> tuple:
        """Load all that a post is found by, in a constant number of queries."""
        return (
            joinedload(cls.cover),
            joinedload(cls.category),
            joinedload(cls.series),
            cls.with_tags(),
            selectinload(cls.bylines).joinedload(Byline.author).joinedload(Author.picture),
        )

    @classmethod
    @cache
    def with_tags(cls) -> Load:
        return selectinload(cls.taggings).joinedload(Tagging.tag)

    @classmethod
    def latest(cls, count: int) -> list["Post"]:
        newest_first = (cls.published_at.desc(), cls.id.desc())
        return list(session.scalars(cls.listed().order_by(*newest_first).limit(count)))

    def _path_for(self, slug: str) -> str:
        return f"blog/{slug}/"

    def _assign(self, *, by: User | None, **fields) -> None:
        for name in ("tags", "authors"):
            if name in fields:
                fields[name] = list(dict.fromkeys(fields[name]))  # each once
        super()._assign(by=by, **fields)

    def as_written(self) -> dict[str, Any]:
        lists = {name: [term.name for term in getattr(self, name)] for name in ("tags", "authors")}
        single = {"category": self.category, "series": self.series, "series_position": self.series_position}
        return super().as_written() | lists | {name: value and str(value) for name, value in single.items()}

    def relist(self) -> None:
        """Bring the dates in its lists up to date with its own."""
        listed_at = self.published_at if self.stage == PUBLISHED else None
        for line in (*self.taggings, *self.bylines):
            if line.listed_at != listed_at:
                line.listed_at = listed_at


Index(None, Post.category_id, Post.stage, Post.published_at, Post.id)
Index(None, Post.category_id, Post.id)
Index(None, Post.series_id, Post.series_position)


@event.listens_for(Session, "before_flush")
def relist_changed_posts(writing: Session, _context, _instances) -> None:
    for row in {*writing.new, *writing.dirty}:
        if isinstance(row, Post):
            row.relist()
