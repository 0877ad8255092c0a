"""The posts that hang on a term: counted, moved to another term, kept for the trash, and put back.

A term may hold tens of thousands: all of this is done by a few statements, and no post is loaded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Select,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)

from cms.cache import BLOG, touch
from cms.db import session
from cms.models.entry import PUBLISHED, TRASHED, Entry
from cms.models.post import Byline, Post, Tagging
from cms.models.term import Author, Category, Series, Tag, Term

MOST_COUNTED = 10_000
AT_ONCE = 500  # posts in a statement
MOST_ARRANGED = 500  # posts of a series that is ordered by hand

Places = list[list]  # [number of the post, its place]
entry, tagging, byline = Entry.__table__, Tagging.__table__, Byline.__table__


@dataclass(frozen=True)
class Shelf:
    """Where it is written which posts hang on the terms of one kind."""

    post: Column
    term: Column
    place: Column | None = None

    def posts(self, id: int) -> Select:
        return select(self.post).where(self.term == id)

    def counts(self, ids: list[int]) -> dict[int, int]:
        """``{id of the term: number of its posts}``, drafts too; at most one more than `MOST_COUNTED`."""
        if not ids:
            return {}
        few = [(id, self.posts(id).limit(MOST_COUNTED + 1).subquery()) for id in ids]
        counts = [select(literal(id), func.count()).select_from(posts) for id, posts in few]
        return dict(session.execute(union_all(*counts)).all())

    def shared(self, id: int, other: int) -> int:
        """How many of the first `MOST_COUNTED` posts of one term hang on the other too."""
        both = self.posts(id).where(self.post.in_(self.posts(other))).limit(MOST_COUNTED + 1).subquery()
        return session.scalar(select(func.count()).select_from(both))

    def places(self, id: int) -> Places:
        """The posts of the term by their numbers, each with its place."""
        place = null() if self.place is None else self.place
        rows = session.execute(select(self.post, place).where(self.term == id).order_by(self.post))
        return [list(row) for row in rows]


class Lines(Shelf):
    """A post may hang on several of these terms: each time there is a line in a table between them."""

    def move(self, id: int, into: int) -> list[int]:
        """Hang the posts of one term on another; those that did not hang there yet."""
        new = self.posts(id).where(self.post.not_in(self.posts(into)))
        moved = list(session.scalars(new))
        session.execute(
            update(self.term.table).where(self.term == id, self.post.in_(new)).values({self.term: into})
        )
        posts_changed()
        return moved

    def put_back(self, id: int, places: Places, lent: list[int], to: int | None) -> None:
        """Hang posts on the term again, as far as they exist, and take those ``lent`` from ``to``."""
        for some in batches(places):
            dates = dict(session.execute(dates_of([post for post, _place in some])).all())
            rows = [self._line(id, post, place, dates[post]) for post, place in some if post in dates]
            if rows:
                session.execute(insert(self.term.table), rows)
        for some in batches(lent):
            session.execute(delete(self.term.table).where(self.term == to, self.post.in_(some)))
        posts_changed()

    def _line(self, id: int, post: int, place: int, listed_at: Any) -> dict[str, Any]:
        names = {self.post.name: post, self.term.name: id, self.place.name: place}
        return {**names, "listed_at": listed_at}


class Reference(Shelf):
    """A post hangs on one of these terms at most, and says so itself."""

    def move(self, id: int, into: int) -> list[int]:
        """Hang the posts of one term on another, behind those that hang there."""
        moved = list(session.scalars(self.posts(id)))
        place = {} if self.place is None else {self.place: self.place + self._last(into)}
        session.execute(update(entry).where(self.term == id).values({self.term: into} | place | unchanged()))
        posts_changed()
        return moved

    def _last(self, id: int) -> int:
        return session.scalar(select(func.max(self.place)).where(self.term == id)) or 0

    def put_back(self, id: int, places: Places, lent: list[int], to: int | None) -> None:
        """Hang posts on the term again that hang on none since, or still on the term ``to``."""
        free = or_(self.term.is_(None), self.term == to)
        back = update(entry).where(self.post == bindparam("back"), free)
        place = {} if self.place is None else {self.place: bindparam("place")}
        back = back.values({self.term: id} | place | unchanged())
        if places:
            session.execute(back, [{"back": post, "place": place} for post, place in places])
        posts_changed()


SHELVES: dict[type[Term], Lines | Reference] = {
    Tag: Lines(tagging.c.post_id, tagging.c.tag_id, tagging.c.position),
    Author: Lines(byline.c.post_id, byline.c.author_id, byline.c.position),
    Category: Reference(entry.c.id, entry.c.category_id),
    Series: Reference(entry.c.id, entry.c.series_id, entry.c.series_position),
}


def in_series(id: int) -> Select:
    """The posts of a series in their order; those without a place come last."""
    numbered = (Post.series_position.is_(None), Post.series_position, Post.published_at, Post.id)
    return select(Post).where(Post.series_id == id, Post.stage != TRASHED).order_by(*numbered)


def order_of(id: int) -> list[int]:
    """The numbers of the first posts of a series in their order, one more than `MOST_ARRANGED` at most."""
    return list(session.scalars(in_series(id).with_only_columns(Post.id).limit(MOST_ARRANGED + 1)))


def arrange(posts: list[int]) -> None:
    """Number the posts of a series in this order, from 1 on."""
    numbers = update(entry).where(entry.c.id == bindparam("post"))
    numbers = numbers.values({entry.c.series_position: bindparam("place")} | unchanged())
    session.execute(numbers, [{"post": post, "place": place} for place, post in enumerate(posts, 1)])
    posts_changed()


def unchanged() -> dict[Column, Column]:
    """That a post hangs elsewhere is no news of the post itself: feeds show when it was changed."""
    return {entry.c.updated_at: entry.c.updated_at}


def dates_of(posts: list[int]) -> Select:
    """``(id, date in lists)`` of those of the posts that exist."""
    listed_at = case((entry.c.stage == PUBLISHED, entry.c.published_at), else_=None)
    return select(entry.c.id, listed_at).where(entry.c.id.in_(posts))


def batches(rows: list) -> Iterator[list]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def posts_changed() -> None:
    """Renew the pages that show posts, and those posts that somebody holds."""
    touch(BLOG)
    for row in session():
        if isinstance(row, Post):
            session.expire(row)
