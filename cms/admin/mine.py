"""Texts that wait for somebody: their drafts, what was returned to them, what they are to review."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, select, union
from sqlalchemy.orm import InstrumentedAttribute

from cms.admin.places import editor_of, list_of, unsaved_at
from cms.db import session
from cms.models import Entry, Note, Unsaved, User
from cms.models.base import now
from cms.models.life import DRAFT, PUBLISHED
from cms.models.rights import kinds_of, reviewable_by, seen_by

SHOWN = 5
MOST_COUNTED = 1_000
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One text: its title, where it is written, and the moment that matters."""

    title: str
    url: str
    at: datetime


@dataclass(frozen=True)
class Reason:
    """Why texts wait for somebody: its name, the words for a number of them, and which those are."""

    name: str
    title: LazyString
    words: Callable[[int], str]
    which: Callable[[User], ColumnElement[bool]] | None = None
    moment: str = "updated_at"  # the column that orders them
    newest_first: bool = True
    filters: tuple[tuple[str, str], ...] = ()  # of the list that shows all of them


@dataclass(frozen=True)
class Pile:
    """The first few of the ``count`` texts that wait for one reason, and the lists that show all."""

    reason: Reason
    lines: list[Line]
    count: int
    lists: dict[str, str]  # addresses by the kind of text


def piles_of(user: User) -> list[Pile]:
    """The piles that are not empty, the most urgent first."""
    if not kinds_of(user):
        return []
    return [pile for pile in (unsaved_pile(user), *(pile_of(user, why) for why in REASONS)) if pile.count]


def pile_of(user: User, reason: Reason) -> Pile:
    moment = getattr(Entry, reason.moment)
    order = moment.desc() if reason.newest_first else moment.asc()
    found = select(Entry.kind, Entry.id, Entry.title, moment).where(reason.which(user))
    rows = session.execute(found.order_by(order, Entry.id).limit(SHOWN)).all()
    lines = [Line(title, editor_of(kind, id), at) for kind, id, title, at in rows]
    count = counted(reason.which(user)) if len(lines) == SHOWN else len(lines)
    kinds = [kind.__mapper__.polymorphic_identity for kind in kinds_of(user)]
    return Pile(reason, lines, count, {kind: list_of(kind, **dict(reason.filters)) for kind in kinds})


def counted(condition: ColumnElement[bool]) -> int:
    """How many texts meet the condition, but at most one more than `MOST_COUNTED`."""
    found = select(Entry.id).where(condition).limit(MOST_COUNTED + 1)
    return session.scalar(select(func.count()).select_from(found.subquery()))


def unsaved_pile(user: User) -> Pile:
    """What the user typed and did not save."""
    title = Unsaved.fields["title"].as_string()
    mine = select(Unsaved.key, Unsaved.at, title).where(Unsaved.user_id == user.id)
    rows = session.execute(mine.order_by(Unsaved.at.desc(), Unsaved.id.desc())).all()
    lines = [Line(title or "", unsaved_at(key), at) for key, at, title in rows]
    return Pile(UNSAVED, lines, len(lines), {})


def returned_to(user: User) -> ColumnElement[bool]:
    """Drafts of theirs with an open remark, among the thousand that were touched last."""
    newest = union(*(newest_drafts(whose, user) for whose in (Entry.writer_id, Entry.submitter_id)))
    return and_(Entry.id.in_(newest), has_open_remark())


def newest_drafts(whose: InstrumentedAttribute[int | None], user: User) -> Select:
    drafts = select(Entry.id).where(whose == user.id, Entry.stage == DRAFT)
    return select(drafts.order_by(Entry.updated_at.desc()).limit(MOST_COUNTED).subquery())


def drafts_of(user: User) -> ColumnElement[bool]:
    return and_(Entry.writer_id == user.id, Entry.stage == DRAFT, not_(has_open_remark()))


def scheduled_soon(user: User) -> ColumnElement[bool]:
    soon = Entry.published_at.between(now(), now() + SOON)
    return and_(Entry.stage == PUBLISHED, soon, seen_by(user, Entry))


def has_open_remark() -> ColumnElement[bool]:
    return exists().where(Note.entry_id == Entry.id, Note.is_remark, Note.settled_at.is_(None))


UNSAVED = Reason("unsaved", _l("Not saved yet"), lambda n: ngettext("unsaved text", "unsaved texts", n))
REASONS = (
    Reason(
        "returned",
        _l("Returned to you with remarks"),
        lambda n: ngettext("returned with remarks", "returned with remarks", n),
        returned_to,
        filters=(("state", "draft"), ("whose", "1")),
    ),
    Reason(
        "review",
        _l("Waiting for your review"),
        lambda n: ngettext("text to review", "texts to review", n),
        reviewable_by,
        newest_first=False,
        filters=(("state", "review"),),
    ),
    Reason(
        "scheduled",
        _l("Appearing in the next 7 days"),
        lambda n: ngettext("text appears in 7 days", "texts appear in 7 days", n),
        scheduled_soon,
        moment="published_at",
        newest_first=False,
        filters=(("state", "scheduled"),),
    ),
    Reason(
        "drafts",
        _l("Your drafts"),
        lambda n: ngettext("draft of yours", "drafts of yours", n),
        drafts_of,
        filters=(("state", "draft"), ("whose", "1")),
    ),
)
