"""What happened in the last 7 days, beside the 7 before: counted by days of 24 hours that end now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from cms.db import session
from cms.models import Entry, Event, Mail, User
from cms.models.base import Moment, now
from cms.models.life import PUBLISHED
from cms.models.mail import SENT
from cms.models.role import can

DAYS = 7
MOST_A_DAY = 1_000  # that are counted
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Kind:
    """Something that is counted: what it is called, who may know, and how the database finds it."""

    name: LazyString
    act: str
    key: ColumnElement[int]
    condition: ColumnElement[bool]
    moment: ColumnElement[datetime]


@dataclass(frozen=True)
class Figure:
    """How many there were on each of the last 7 days, the oldest first, and in all 7 before."""

    name: LazyString
    days: list[int]
    before: int

    @property
    def count(self) -> int:
        return sum(self.days)

    @property
    def is_more(self) -> bool:
        """Whether there were more than are counted."""
        return max(self.days) >= MOST_A_DAY

    @property
    def change(self) -> int | None:
        """How many more than in the 7 days before; None where that can't be said."""
        return None if self.is_more or self.before >= DAYS * MOST_A_DAY else self.count - self.before

    @property
    def heights(self) -> list[int]:
        """The days as bars: the highest is 100."""
        highest = max(*self.days, 1)
        return [round(100 * day / highest) for day in self.days]


def events(name: str) -> tuple[ColumnElement, ...]:
    return Event.id, Event.name == name, Event.at


IS_PUBLISHED = and_(
    Entry.kind.in_(("post", "page")), Entry.stage == PUBLISHED
)  # with the kind its index begins
KINDS = (
    Kind(_l("Texts published"), "write posts", Entry.id, IS_PUBLISHED, Entry.published_at),
    Kind(_l("Times a text was saved"), "write posts", *events("entry.revised")),
    Kind(_l("Pictures stored"), "manage pictures", *events("media.stored")),
    Kind(_l("New accounts"), "manage users", *events("user.created")),
    Kind(_l("Mails sent"), "see mail", *(Mail.id, Mail.state == SENT, Mail.sent_at)),
)


def figures_for(user: User) -> list[Figure]:
    """What ``user`` may know of; one statement, which counts at most `MOST_A_DAY` of each day."""
    kinds = [number for number, kind in enumerate(KINDS) if can(user, kind.act)]
    if not kinds:
        return []
    counted = session.execute(statement(tuple(kinds)), bounds()).one()
    rows = [counted[index * (DAYS + 1) : (index + 1) * (DAYS + 1)] for index in range(len(kinds))]
    return [Figure(KINDS[kind].name, list(row[1:]), row[0]) for kind, row in zip(kinds, rows, strict=True)]


def bounds() -> dict[str, datetime]:
    """Where the days end: ``day_0`` is now, ``day_7`` is 7 days ago, ``day_14`` 14."""
    moment = now()
    return {f"day_{number}": moment - number * A_DAY for number in range(2 * DAYS + 1)}


@cache
def statement(kinds: tuple[int, ...]) -> Select:
    """For each of `KINDS`: the 7 days before as one number, then the last 7 days, the oldest first."""
    spans = [
        (2 * DAYS, DAYS, DAYS * MOST_A_DAY),
        *((day + 1, day, MOST_A_DAY) for day in reversed(range(DAYS))),
    ]
    return select(*(number(KINDS[kind], *span) for kind in kinds for span in spans))


def number(kind: Kind, start: int, end: int, most: int):
    """How many there were from ``start`` until before ``end``, at most ``most``."""
    since, until = (bindparam(f"day_{day}", type_=Moment) for day in (start, end))
    found = select(kind.key).where(kind.condition, kind.moment >= since, kind.moment < until).limit(most)
    return select(func.count()).select_from(found.subquery()).scalar_subquery()
