"""From what a person typed to the results on one page, in a few queries."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from markupsafe import Markup
from slugify import slugify
from sqlalchemy import Row, literal, select, union_all

from cms.db import session
from cms.models import Author, Entry, Tag
from cms.models.base import now
from cms.models.setting import site
from cms.search.calendar import FIRST, LAST, marks_between
from cms.search.databases import candidates
from cms.search.document import SearchDocument
from cms.search.grammar import Query, parse
from cms.search.matching import Sought
from cms.search.ranking import ranked
from cms.search.snippet import snippet

PAGE_SIZE = 10
MOST_PAGES = 20


@dataclass(frozen=True)
class Result:
    title: str
    url: str
    published_at: datetime | None  # of a post; a page has no day to speak of
    snippet: Markup


@dataclass(frozen=True)
class Found:
    """One page of results; ``problem`` tells in the reader's words what of the query was left out."""

    results: list[Result]
    has_more: bool
    problem: str | None


def find(text: str, page: int = 1) -> Found:
    """The results of page ``page``, from 1 to `MOST_PAGES`, of a search for what was typed."""
    query = parse(text, site.zone)
    known = Known.look_up(query)
    problem = " ".join(known.problems(query)) or None
    sought = known.sought(query)
    if sought in (None, Sought()):
        return Found([], False, problem)
    ids = ranked(candidates(sought, now(), session()), query.terms)
    last = page * PAGE_SIZE
    results = read(ids[last - PAGE_SIZE : last], sought)
    return Found(results, has_more=len(ids) > last and page < MOST_PAGES, problem=problem)


@dataclass(frozen=True)
class Known:
    """What the database knows of the names in a query: the numbers of tags and authors by slug."""

    tags: dict[str, int]
    authors: dict[str, int]

    @classmethod
    def look_up(cls, query: Query) -> "Known":
        names = {Tag: query.tags, Author: query.authors}
        by_slug = [
            select(literal(model.__tablename__), model.slug, model.id).where(
                model.slug.in_([slugify(name) for name in names[model]])
            )
            for model in names
            if names[model]
        ]
        found: dict[str, dict[str, int]] = {"tag": {}, "author": {}}
        for kind, slug, number in session.execute(union_all(*by_slug)) if by_slug else ():
            found[kind][slug] = number
        return cls(found["tag"], found["author"])

    def problems(self, query: Query) -> list[str]:
        """What of ``query`` was left out, and why."""
        return [
            *(
                _("“%(part)s” is no date such as 2025, 2025-01 or 2025-01-31.", part=part)
                for part in query.unread
            ),
            *(
                _("There is no tag “%(name)s”.", name=name)
                for name in query.tags
                if slugify(name) not in self.tags
            ),
            *(
                _("There is no author “%(name)s”.", name=name)
                for name in query.authors
                if slugify(name) not in self.authors
            ),
        ]

    def sought(self, query: Query) -> Sought | None:
        """``query`` with numbers for names, without the unknown ones; None where its dates leave no time."""
        dated = query.after or query.before
        span = marks_between(query.after or FIRST, query.before or LAST) if dated else []
        if dated and not span:
            return None
        return Sought(
            terms=tuple(query.terms),
            excluded=tuple(query.excluded),
            tag_ids=tuple(self.tags.values()),
            author_ids=tuple(self.authors.values()),
            span_marks=tuple(span),
            start=query.after,
            end=query.before,
        )


def read(ids: list[int], sought: Sought) -> list[Result]:
    """The entries with these ids, in this order, with a snippet each."""
    columns = (Entry.id, Entry.kind, Entry.title, Entry.path, Entry.published_at, SearchDocument.text)
    rows = select(*columns).join(SearchDocument, SearchDocument.entry_id == Entry.id)
    found = {row.id: row for row in session.execute(rows.where(Entry.id.in_(ids), Entry.is_listed()))}
    return [
        Result(row.title, f"/{row.path}", day_of(row), snippet(row.text, sought.terms))
        for row in (found[number] for number in ids if number in found)
    ]


def day_of(row: Row) -> datetime | None:
    return row.published_at if row.kind == "post" else None
