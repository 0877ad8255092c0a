"""The lists of posts and pages: what is found by tag, author or title is sifted, the rest indexed."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Column, ColumnElement, Select, and_, inspect, or_, select
from sqlalchemy.orm import Query, joinedload, load_only, selectinload, undefer

from cms.admin.bulk import OF_POSTS, OF_TEXTS
from cms.admin.groups import WRITE
from cms.admin.views.bulk import Bulk
from cms.admin.views.desk import Desk
from cms.admin.views.filters import Sieve, ids_in
from cms.admin.words import STATES_OF_TEXTS
from cms.db import session
from cms.models import Author, Byline, Category, Entry, Page, Post, Tag, Tagging
from cms.models.base import now
from cms.models.entry import LINE
from cms.models.life import ARCHIVED, PUBLISHED, SCHEDULED
from cms.models.rights import seen_by
from cms.search.titles import Stretch, ids_by_title
from cms.web import visitor

MINE = [("1", _l("mine"))]


def in_stage(stage: str) -> ColumnElement[bool]:
    """The condition of a state that is a stage, or is one for all but a few rows."""
    if stage != PUBLISHED:
        return Entry.stage == stage
    current = or_(Entry.expires_at.is_(None), Entry.expires_at > now())
    return and_(Entry.stage == PUBLISHED, Entry.published_at <= now(), current)


def ids_in_state(kind: type[Entry]):
    """The sieve of the states that follow from the clock; ``kind`` is `Post` or `Page`."""
    identity = kind.__mapper__.polymorphic_identity

    def ids(state: str, stretch: Stretch, most: int) -> list[int]:
        entry = Entry.__table__.c
        ours = select(entry.id).where(entry.kind == identity)
        published = ours.where(entry.stage == PUBLISHED)
        if state == SCHEDULED:
            scheduled = published.where(entry.published_at > now())
            return ids_by_clock(scheduled, entry.published_at, stretch, most)
        expired = ids_by_clock(published.where(entry.expires_at <= now()), entry.expires_at, stretch, most)
        archived = ids_in(entry.id, ours.where(entry.stage == ARCHIVED), stretch, most)
        return sorted(expired + archived, reverse=stretch.newest_first)[:most]

    return ids


def ids_by_clock(found: Select, moment: Column, stretch: Stretch, most: int) -> list[int]:
    """The same as `ids_in`: few are found by their ``moment``, many along the index that holds all of it."""
    few = list(session.scalars(found.order_by(moment.desc()).limit(most)))
    if len(few) == most:
        along = found.with_hint(Entry.__table__, f"INDEXED BY {LINE}", "sqlite")
        return ids_in(Entry.__table__.c.id, along, stretch, most)
    within = (id for id in few if stretch.above < id < stretch.below)
    return sorted(within, reverse=stretch.newest_first)


def ids_in_category(number: str, stretch: Stretch, most: int) -> list[int]:
    entry = Post.__table__.c
    return ids_in(entry.id, select(entry.id).where(entry.category_id == int(number)), stretch, most)


def ids_with_tag(name: str, stretch: Stretch, most: int) -> list[int]:
    tag = Tag.known(name)
    found = select(Tagging.post_id).where(Tagging.tag_id == tag.id) if tag else None
    return ids_in(Tagging.post_id, found, stretch, most) if tag else []


def ids_by_author(name: str, stretch: Stretch, most: int) -> list[int]:
    author = Author.known(name)
    found = select(Byline.post_id).where(Byline.author_id == author.id) if author else None
    return ids_in(Byline.post_id, found, stretch, most) if author else []


def ids_of_mine(_value: str, stretch: Stretch, most: int) -> list[int]:
    """The texts that the visitor began."""
    entry = Entry.__table__.c
    [writer] = inspect(visitor()).identity  # known also while a file is sent, long after the request
    return ids_in(entry.id, select(entry.id).where(entry.writer_id == writer), stretch, most)


def categories() -> list[tuple[str, str]]:
    """``(id, name)`` of every category."""
    found = session.execute(select(Category.id, Category.name).order_by(Category.name))
    return [(str(number), name) for number, name in found]


def state_filter(kind: type[Entry]) -> Sieve:
    sifted = (SCHEDULED, ARCHIVED)
    return Sieve("state", _l("State"), list(STATES_OF_TEXTS.items()), ids_in_state(kind), in_stage, sifted)


class EntryList(Bulk, Desk):
    """What the lists of posts and of pages have in common."""

    group = WRITE
    column_labels = {
        "title": _l("Title"),
        "authors": _l("Authors"),
        "parent": _l("Below"),
        "path": _l("Address"),
        "state": _l("State"),
        "updated_at": _l("Last changed"),
        "published_at": _l("Published"),
        "id": _l("Made"),
    }
    column_default_sort = ("updated_at", True)
    default_order_label = _l("last changed first")
    column_sortable_list = ("title", "updated_at", "published_at", "id")
    column_searchable_list = ("title",)
    line_index = LINE
    shown = (Entry.title, Entry.path, Entry.stage, Entry.published_at, Entry.expires_at, Entry.updated_at)

    def wanted(self, search: str | None, filters: list[tuple[int, str, str]]) -> Query:
        """What the visitor may see; what is in the trash only where somebody asks for it."""
        query = super().wanted(search, filters).filter(seen_by(visitor(), self.model))
        asked = {key for _index, key, _value in filters}
        return query if "state" in asked else query.filter(Entry.is_kept())

    def search_ids(self, words: str, stretch: Stretch, most: int) -> list[int]:
        return ids_by_title(self.model.__mapper__.polymorphic_identity, words, stretch, most)

    def export_query(self, query: Query) -> Query:
        return query.options(undefer(Entry.created_at), undefer(Entry.words), undefer(Entry.summary))

    def render(self, template: str, **context: Any) -> str:
        return super().render(template, states=STATES_OF_TEXTS, **context)


class PostList(EntryList):
    noun, title, folder, act = Post, _l("Posts"), "posts", Post.write_act
    bulk_actions = OF_POSTS
    column_list = ("title", "authors", "state", "updated_at", "published_at")
    column_filters = (
        state_filter(Post),
        Sieve("category", _l("Category"), categories, ids_in_category),
        Sieve("tag", _l("Tag"), None, ids_with_tag),
        Sieve("author", _l("Author"), None, ids_by_author),
        Sieve("whose", _l("Whose"), MINE, ids_of_mine),
    )
    export_list = (
        *("id", "title", "path", "state", "authors", "tags", "category"),
        *("created_at", "updated_at", "published_at", "expires_at", "words", "summary"),
    )

    def get_query(self) -> Query:
        bylines = selectinload(Post.bylines).joinedload(Byline.author)
        return super().get_query().options(load_only(*self.shown), bylines)

    def export_query(self, query: Query) -> Query:
        return super().export_query(query).options(joinedload(Post.category), Post.with_tags())

    def bulk_categories(self) -> list[tuple[str, str]]:
        return categories()


class PageList(EntryList):
    noun, title, folder, act = Page, _l("Pages"), "pages", Page.write_act
    bulk_actions = OF_TEXTS
    column_list = ("title", "path", "parent", "state", "updated_at", "published_at")
    column_filters = (state_filter(Page), Sieve("whose", _l("Whose"), MINE, ids_of_mine))
    export_list = (
        *("id", "title", "path", "parent", "state"),
        *("created_at", "updated_at", "published_at", "expires_at", "words", "summary"),
    )

    def get_query(self) -> Query:
        parent = joinedload(Page.parent).load_only(Page.title)
        return super().get_query().options(load_only(*self.shown), parent)
