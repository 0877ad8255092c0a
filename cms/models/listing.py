"""Lists of posts, newest first, paged by key so that the thousandth page costs what the first does."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Exists, Select, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from cms.db import session
from cms.models.base import now
from cms.models.entry import Entry
from cms.models.post import Byline, Post, Tagging
from cms.models.setting import site
from cms.models.term import Author, Category, Series, Tag, Term
from cms.models.user import User, can

LARGEST_ID = 2**31 - 1
KEY = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)Z~(\d{1,19})", re.ASCII)


@dataclass(frozen=True)
class Key:
    """A place in a list: the date and id of the post beside it."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z~{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Key":
        """The key that ``text`` stands for; raises ValueError where it is none."""
        match = KEY.fullmatch(text)
        try:
            at = datetime.fromisoformat(match[1]).replace(tzinfo=UTC) if match else None
        except ValueError:
            at = None
        if at is None or int(match[2]) > LARGEST_ID:
            raise ValueError(text)
        return cls(at, int(match[2]))


@dataclass(frozen=True)
class Slice:
    """One page of a list, and the keys of the pages around it."""

    posts: list[Post]
    older: Key | None
    newer: Key | None


@dataclass(frozen=True)
class PostList:
    """A list of posts: what it selects up to a moment, and the columns of the index that pages through it."""

    up_to: Callable[[datetime], Select]
    at: InstrumentedAttribute
    id: InstrumentedAttribute

    @property
    def newest_first(self) -> Select:
        return self.up_to(now()).order_by(self.at.desc(), self.id.desc())

    def newest(self, count: int) -> list[Post]:
        return list(session.scalars(self.newest_first.limit(count)))

    def page(self, *, before: Key | None = None, after: Key | None = None, size: int | None = None) -> Slice:
        """The ``size`` posts older than ``before``, or newer than ``after``, or else the newest."""
        size = size or site.posts_per_page
        query = self.newer_than(after) if after else self.older_than(before) if before else self.newest_first
        found = list(session.scalars(query.limit(size + 1)))
        posts, more = found[:size], len(found) > size
        if after:
            posts.reverse()
            return Slice(posts, key_of(posts[-1]) if posts else None, key_of(posts[0]) if more else None)
        return Slice(
            posts, key_of(posts[-1]) if more else None, key_of(posts[0]) if before and posts else None
        )

    def older_than(self, key: Key) -> Select:
        query = self.up_to(key.at).where(or_(self.at < key.at, self.id < key.id))
        return query.order_by(self.at.desc(), self.id.desc())

    def newer_than(self, key: Key) -> Select:
        query = self.up_to(now()).where(self.at >= key.at, or_(self.at > key.at, self.id > key.id))
        return query.order_by(self.at, self.id)


def key_of(post: Post) -> Key:
    return Key(post.published_at, post.id)


def all_posts() -> PostList:
    return PostList(Post.listed, Post.published_at, Post.id)


def posts_under(term: Term) -> PostList:
    """The posts listed under a tag, an author, a category or a series."""
    match term:
        case Tag():
            return linked_posts(Tagging, Tagging.tag_id == term.id)
        case Author():
            return linked_posts(Byline, Byline.author_id == term.id)
        case Category():
            return posts_where(Post.category_id == term.id)
        case Series():
            return posts_where(Post.series_id == term.id)
    raise TypeError(f"posts are not listed under {type(term).__name__}")


def posts_where(condition: ColumnElement[bool]) -> PostList:
    return PostList(lambda moment: Post.listed(moment).where(condition), Post.published_at, Post.id)


def linked_posts(line: type[Tagging] | type[Byline], condition: ColumnElement[bool]) -> PostList:
    """Posts by their lines in a list; a line has a date only while its post is published."""

    def up_to(moment: datetime) -> Select:
        present = now()
        current = or_(Entry.expires_at.is_(None), Entry.expires_at > present)
        listed = line.listed_at <= min(moment, present)
        return Post.unfiltered().join(line, line.post_id == Post.id).where(condition, listed, current)

    return PostList(up_to, line.listed_at, line.post_id)


def posts_between(start: datetime, end: datetime) -> PostList:
    """The posts published from ``start`` until before ``end``."""
    last = end - timedelta(microseconds=1)

    def up_to(moment: datetime) -> Select:
        return Post.listed(min(moment, last)).where(Post.published_at >= start)

    return PostList(up_to, Post.published_at, Post.id)


def has_posts(kind: type[Term]) -> Exists:
    """The condition under which a term has anything to list."""
    if kind is Tag:
        return exists().where(Tagging.tag_id == Tag.id, Tagging.listed_at <= now())
    if kind is Author:
        return exists().where(Byline.author_id == Author.id, Byline.listed_at <= now())
    refers = Post.category_id == Category.id if kind is Category else Post.series_id == Series.id
    return exists().where(refers, Post.kind == "post", Post.is_listed())


def term_at(kind: type[Term], slug: str, user: User | None = None) -> Select:
    """The term with this slug, if it exists for ``user``: under a public post, or for who sees drafts."""
    found = select(kind).where(kind.slug == slug)
    sees_drafts = user is not None and can(user, "see unpublished")
    return found if sees_drafts else found.where(has_public_posts(kind))


def has_public_posts(kind: type[Term]) -> Exists:
    """The condition under which anybody can read a post that has the term, listed or archived."""
    public = exists().where(Post.kind == "post", Post.is_public())
    if kind is Tag:
        return public.where(Tagging.tag_id == Tag.id, Tagging.post_id == Post.id)
    if kind is Author:
        return public.where(Byline.author_id == Author.id, Byline.post_id == Post.id)
    return public.where(Post.category_id == Category.id if kind is Category else Post.series_id == Series.id)
