"""What surrounds a post: the one before, the one after, its series, and posts on the same subjects.

One statement finds all of it, so that a post's page makes a constant number of queries; each part of it reads
a few rows from an index, however many posts there are.
"""

from collections import Counter
from typing import Any

from sqlalchemy import Select, literal, select, tuple_, union_all

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
    parts = [beside(post, older=True), beside(post, older=False), *alike(post)]
    if post.series_id:
        parts.append(series_of(post))
    rows = [Row(post, *found) for found in session.execute(union_all(*parts))]
    of = {
        role: [row for row in rows if row.role == role] for role in ("previous", "next", "related", "series")
    }
    return {
        "previous": next(iter(of["previous"]), None),
        "next": next(iter(of["next"]), None),
        "related": most_alike(of["related"]),
        "series_posts": sorted(of["series"], key=lambda row: (row.position or 0, row.published_at)),
    }


class Row:
    """A post as its neighbours show it."""

    def __init__(self, post: Post, role, id, title, path, excerpt, published_at, position):
        self.role, self.id, self.title, self.url = role, id, title, f"/{path}"
        self.summary, self.published_at, self.position = excerpt, published_at, position
        self.current = id == post.id


def columns(role: str) -> tuple:
    return (
        literal(role).label("role"),
        Entry.id,
        Entry.title,
        Entry.path,
        Entry.excerpt,
        Entry.published_at,
        Post.series_position,
    )


def rows(role: str, *conditions) -> Select:
    return select(*columns(role)).where(Entry.kind == "post", Entry.is_listed(), *conditions)


def beside(post: Post, *, older: bool) -> Select:
    """The post just before or just after this one; of a draft none."""
    place = tuple_(Entry.published_at, Entry.id)
    here = (post.published_at or now(), post.id)
    if older:
        query = rows("previous", place < here).order_by(Entry.published_at.desc(), Entry.id.desc())
    else:
        query = rows("next", place > here).order_by(Entry.published_at, Entry.id)
    return select(query.limit(1).subquery())


def alike(post: Post) -> list[Select]:
    """For each of its first tags the newest posts that have it too."""
    moment = now()
    parts = []
    for tagging in post.taggings[:TAGS_COMPARED]:
        newest = (
            select(Tagging.post_id)
            .where(Tagging.tag_id == tagging.tag_id, Tagging.listed_at <= moment, Tagging.post_id != post.id)
            .order_by(Tagging.listed_at.desc(), Tagging.post_id.desc())
            .limit(POSTS_COMPARED)
            .subquery()
        )
        parts.append(
            select(*columns("related")).join(newest, newest.c.post_id == Entry.id).where(Entry.is_listed())
        )
    return parts


def series_of(post: Post) -> Select:
    query = (
        rows("series", Post.series_id == post.series_id).order_by(Post.series_position).limit(LONGEST_SERIES)
    )
    return select(query.subquery())


def most_alike(found: list[Row]) -> list[Row]:
    """The posts that share most tags, of equals the newest."""
    shared = Counter(row.id for row in found)
    distinct = {row.id: row for row in found}.values()
    return sorted(distinct, key=lambda row: (-shared[row.id], -row.published_at.timestamp()))[:MOST_RELATED]
