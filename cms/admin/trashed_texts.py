"""Posts and pages in the trash: they keep their rows, and so stand in their own lists."""

from dataclasses import dataclass

from flask_babel import ngettext
from sqlalchemy import func, select

from cms.admin.places import list_of
from cms.db import session
from cms.models import Page, User
from cms.models.life import TRASHED
from cms.models.rights import kinds_of, seen_by

MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Heap:
    """The texts of one kind in the trash, in words, and the list that shows them."""

    words: str
    url: str


def heaps_of(user: User) -> list[Heap]:
    """The kinds of which ``user`` has anything in the trash."""
    counted = [(kind, number_of(kind, user)) for kind in kinds_of(user)]
    return [heap_of(kind, number) for kind, number in counted if number]


def number_of(kind: type, user: User) -> int:
    found = select(kind.id).where(kind.stage == TRASHED, seen_by(user, kind)).limit(MOST_COUNTED)
    return session.scalar(select(func.count()).select_from(found.subquery()))


def heap_of(kind: type, number: int) -> Heap:
    if kind is Page:
        words = ngettext("%(num)s page in the trash", "%(num)s pages in the trash", number)
    else:
        words = ngettext("%(num)s post in the trash", "%(num)s posts in the trash", number)
    return Heap(words, list_of(kind.__mapper__.polymorphic_identity, state=TRASHED))
