"""What surrounds a post: the one before, the one after, its series, and posts on the same subjects.

One statement finds all of it, so that a post's page makes a constant number of queries; each part of it reads
a few rows from an index, however many posts there are.
"""

from collections import Counter
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    literal,
    or_,
    select,
    union_all,
)

from cms.db import session
from cms.models import Post, Tagging
from cms.models.base import now
from cms.models.entry import Entry

MOST_RELATED = 3
TAGS_COMPARED = 5
POSTS_COMPARED = 40  # newest of each tag
LONGEST_SERIES = 100


def neighbours_of(post: Post) -> dict[str, Any]:
    """``previous`` and ``next`` (rows or None), ``related`` and ``series_posts`` (lists of rows).

    A row has title, url, published_at, summary and position, and says whether it is ``current``.
    """
    tag_ids = [tagging.tag_id for tagging in post.taggings[:TAGS_COMPARED]]
    moment = now()
    at = min(post.published_at or moment, moment)
    values = {"now": moment, "at": at, "id": post.id, "series_id": post.series_id}
    values |= {f"tag_{place}": tag_id for place, tag_id in enumerate(tag_ids)}
    around = statement(len(tag_ids), in_series=post.series_id is not None)
    of: dict[str, list[Row]] = {"previous": [], "next": [], "related": [], "series": []}
    for role, *found in session.execute(around, values):
        of[role].append(Row(post, *found))
    return {
        "previous": next(iter(of["previous"]), None),
        "next": next(iter(of["next"]), None),
        "related": most_alike(of["related"]),
        "series_posts": sorted(of["series"], key=lambda row: (row.position or 0, row.published_at)),
    }


class Row:
    """A post as its neighbours show it."""

    def __init__(self, post: Post, id, title, path, excerpt, published_at, position):
        self.id, self.title, self.url = id, title, f"/{path}"
        self.summary, self.published_at, self.position = excerpt, published_at, position
        self.current = id == post.id


NOW, AT, ID = bindparam("now"), bindparam("at"), bindparam("id")


@cache
def statement(tags: int, *, in_series: bool) -> CompoundSelect:
    """The statement for posts with this number of tags: made once, as that costs more than asking."""
    parts = [previous(), following(), *(alike(bindparam(f"tag_{place}")) for place in range(tags))]
    return union_all(*parts, *([series()] if in_series else []))


def rows(role: str, *conditions: ColumnElement[bool]) -> Select:
    columns = (Entry.id, Entry.title, Entry.path, Entry.excerpt, Entry.published_at, Post.series_position)
    return select(literal(role).label("role"), *columns).where(Entry.kind == "post", *conditions)


def previous() -> Select:
    """The post just before this one; for a draft, the newest."""
    earlier = or_(Entry.published_at < AT, Entry.id < ID)
    newest_first = (Entry.published_at.desc(), Entry.id.desc())
    return first(1, rows("previous", Entry.is_listed_at(NOW, AT), earlier).order_by(*newest_first))


def following() -> Select:
    """The post just after this one."""
    later = or_(Entry.published_at > AT, Entry.id > ID)
    query = rows("next", Entry.is_listed_at(NOW, NOW), Entry.published_at >= AT, later)
    return first(1, query.order_by(Entry.published_at, Entry.id))


def alike(tag_id: BindParameter[int]) -> Select:
    """The newest other posts that have a tag."""
    newest = (
        select(Tagging.post_id)
        .where(Tagging.tag_id == tag_id, Tagging.listed_at <= NOW, Tagging.post_id != ID)
        .order_by(Tagging.listed_at.desc(), Tagging.post_id.desc())
        .limit(POSTS_COMPARED)
        .subquery()
    )
    return rows("related", Entry.is_listed_at(NOW, NOW)).join(newest, newest.c.post_id == Entry.id)


def series() -> Select:
    in_it = rows("series", Entry.is_listed_at(NOW, NOW), Post.series_id == bindparam("series_id"))
    return first(LONGEST_SERIES, in_it.order_by(Post.series_position))


def first(count: int, query: Select) -> Select:
    return select(query.limit(count).subquery())


def most_alike(found: list[Row]) -> list[Row]:
    """The posts that share most tags, of equals the newest."""
    shared = Counter(row.id for row in found)
    distinct = {row.id: row for row in found}.values()
    return sorted(distinct, key=lambda row: (-shared[row.id], -row.published_at.timestamp()))[:MOST_RELATED]
