"""What stands in the calendar: texts that appear or appeared on a day, or are wished for it by a writer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, select, union_all
from sqlalchemy.orm import defer, selectinload, with_polymorphic

from cms.admin.clock import local
from cms.db import session
from cms.models import Author, Byline, Entry, Post, User, site
from cms.models.life import PUBLISHED, REVIEW
from cms.models.rights import kinds_of
from cms.models.role import can

SHOWN = 20  # texts of a day
MOST_COUNTED = 60  # texts of a day and a kind
MOST_WISHED = 500  # texts in review
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """A day's texts in the order in which they appear, and how many more there are than can be shown."""

    date: date
    texts: list[Entry]
    more: int

    @property
    def has_countless_more(self) -> bool:
        return self.more > MOST_COUNTED - SHOWN


def agenda(days: list[date], user: User) -> dict[date, Day]:
    """What ``user`` may see on each of ``days``, which follow each other; two statements."""
    found: dict[date, list[tuple[datetime, int]]] = defaultdict(list)
    for id, at in session.execute(statement_for(days, user), bounds_of(days, user)):
        found[local(at).date()].append((at, id))
    shown = {day: [id for _at, id in sorted(found[day])[:SHOWN]] for day in days}
    texts = texts_with(id for ids in shown.values() for id in ids)
    return {day: Day(day, [texts[id] for id in shown[day]], len(found[day][SHOWN:])) for day in days}


def texts_with(ids: Iterable[int]) -> dict[int, Entry]:
    """The texts without their words, and with the names of their authors."""
    texts = with_polymorphic(Entry, [Post])
    unread = (defer(text) for text in (texts.body, texts.html, texts.toc, texts.extra, texts.excerpt))
    authors = selectinload(texts.Post.bylines).joinedload(Byline.author).load_only(Author.name)
    found = session.scalars(select(texts).where(texts.id.in_(list(ids))).options(*unread, authors))
    return {entry.id: entry for entry in found}


def statement_for(days: list[date], user: User) -> CompoundSelect:
    return statement(len(days), kinds_of(user), own=not can(user, "edit all texts"))


def bounds_of(days: list[date], user: User) -> dict[str, Any]:
    """The parameters of the `statement`: when each day begins, when the last one ends, and whose texts."""
    starts = [datetime(day.year, day.month, day.day, tzinfo=site.zone) for day in (*days, days[-1] + A_DAY)]
    return {"user_id": user.id, **{f"day_{number}": start for number, start in enumerate(starts)}}


@cache
def statement(number_of_days: int, kinds: tuple[type[Entry], ...], *, own: bool) -> CompoundSelect:
    """Number and moment of the texts of each day: an arm for each, so that an index ends it early."""
    spans = [(PUBLISHED, day, day + 1, MOST_COUNTED) for day in range(number_of_days)]
    spans.append((REVIEW, 0, number_of_days, MOST_WISHED))
    return union_all(*(arm(kind, *span, own=own) for kind in kinds for span in spans))


def arm(kind: type[Entry], stage: str, first: int, end: int, most: int, *, own: bool):
    """The first ``most`` texts of a kind in a stage from the day ``first`` until before the day ``end``."""
    start, until = (bindparam(f"day_{number}", type_=Entry.published_at.type) for number in (first, end))
    name = kind.__mapper__.polymorphic_identity
    found = select(Entry.id, Entry.published_at).where(
        Entry.kind == name, Entry.stage == stage, Entry.published_at >= start, Entry.published_at < until
    )
    if own:
        found = found.where(Entry.writer_id == bindparam("user_id"))
    return select(found.order_by(Entry.published_at, Entry.id).limit(most).subquery())
