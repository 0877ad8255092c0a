"""What stands in the calendar: texts that appear or appeared on a day, or are wished for it by a writer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, select, union_all
from sqlalchemy.orm import load_only

from cms.admin.clock import local
from cms.admin.moments import time_in_words
from cms.db import session
from cms.models import Author, Byline, Entry, User, site
from cms.models.life import PUBLISHED, REVIEW, SCHEDULED
from cms.models.rights import kinds_of, may_publish
from cms.models.role import can

SHOWN = 20  # texts of a day
MOST_COUNTED = 60  # texts of a day and a kind
MOST_WISHED = 500  # texts in review
A_DAY = timedelta(days=1)
NEEDED = (
    *(Entry.title, Entry.stage, Entry.published_at, Entry.expires_at, Entry.wished_at),
    *(Entry.writer_id, Entry.submitter_id),
)


@dataclass(frozen=True)
class Text:
    """A text as the calendar shows it."""

    id: int
    kind: str
    title: str
    state: str
    at: datetime
    time: str  # that the clocks show, in the language of the site
    authors: list[str]
    can_move: bool


@dataclass(frozen=True)
class Day:
    """A day's texts in the order in which they appear, and how many more there are than can be shown."""

    date: date
    texts: list[Text]
    more: int

    @property
    def has_countless_more(self) -> bool:
        return self.more > MOST_COUNTED - SHOWN


def agenda(days: list[date], user: User) -> dict[date, Day]:
    """What ``user`` may see on each of ``days``, which follow each other; three statements."""
    found: dict[date, list[tuple[datetime, int]]] = defaultdict(list)
    for id, at in session.execute(statement_for(days, user), bounds_of(days, user)):
        found[local(at).date()].append((at, id))
    shown = {day: [id for _at, id in sorted(found[day])[:SHOWN]] for day in days}
    texts = texts_with([id for ids in shown.values() for id in ids], user)
    return {day: Day(day, [texts[id] for id in shown[day]], len(found[day][SHOWN:])) for day in days}


def texts_with(ids: list[int], user: User) -> dict[int, Text]:
    found = session.scalars(select(Entry).where(Entry.id.in_(ids)).options(load_only(*NEEDED)))
    authors = authors_of(ids)
    return {entry.id: text_of(entry, authors[entry.id], user) for entry in found}


def text_of(entry: Entry, authors: list[str], user: User) -> Text:
    at, state = entry.wished_at if entry.stage == REVIEW else entry.published_at, entry.state
    can_move = state == SCHEDULED and may_publish(user, entry)
    return Text(entry.id, entry.kind, entry.title, state, at, time_in_words(at), authors, can_move)


def authors_of(ids: Iterable[int]) -> dict[int, list[str]]:
    """The names of the authors, by the number of the post."""
    bylines = select(Byline.post_id, Author.name).join(Byline.author).where(Byline.post_id.in_(ids))
    names: dict[int, list[str]] = defaultdict(list)
    for id, name in session.execute(bylines.order_by(Byline.post_id, Byline.position)):
        names[id].append(name)
    return names


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
    at = Entry.wished_at if stage == REVIEW else Entry.published_at
    start, until = (bindparam(f"day_{number}", type_=at.type) for number in (first, end))
    name = kind.__mapper__.polymorphic_identity
    found = select(Entry.id, at.label("at")).where(
        Entry.kind == name, Entry.stage == stage, at >= start, at < until
    )
    if own:
        found = found.where(Entry.writer_id == bindparam("user_id"))
    return select(found.order_by(at, Entry.id).limit(most).subquery())
