"""What a text said before: one row for each time it was saved.

Saves of one person within ten minutes show as one revision. The rows in between, on which somebody else's
open editor may still be based, are folded and kept for a week.
"""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, Index, Select, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from cms import signals
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Moment, Recorded, now, readable, sends
from cms.models.user import User

WINDOW = timedelta(minutes=10)
FOLDED_FOR = timedelta(days=7)
LONGEST_REVISION_NAME = 120  # characters


class Revision(Recorded, db.Model):
    """An entry as it was saved; ``number`` counts the saves of one entry from 1."""

    __table_args__ = (Index(None, "entry_id", "number", unique=True), Index(None, "folded_at"))
    unrecorded = frozenset({"fields"})

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(LONGEST_REVISION_NAME), default="")
    begun_at: Mapped[datetime] = mapped_column(Moment, default=now)  # the first of the saves folded into it
    saved_at: Mapped[datetime] = mapped_column(Moment, default=now)
    is_closed: Mapped[bool] = mapped_column(default=False)  # what is saved next shows beside it
    folded_at: Mapped[datetime | None] = mapped_column(Moment)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)  # as `Entry.as_written`
    author: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return self.name or _("Revision %(number)d", number=self.number)

    @classmethod
    def numbered(cls, entry, number: int) -> "Revision | None":
        saved = select(cls).where(cls.entry_id == entry.id, cls.number == number)
        return session.scalars(saved).one_or_none()

    @classmethod
    def history_of(cls, entry_id: int) -> Select:
        """The revisions of an entry to show, the newest first."""
        shown = select(cls).where(cls.entry_id == entry_id, cls.folded_at.is_(None))
        return shown.order_by(cls.number.desc())

    @classmethod
    def keep(cls, entry, fields: dict[str, Any], *, number: int, by: User | None, at: datetime) -> "Revision":
        """Keep ``fields`` as the save ``number``, and fold the one before where it belongs to it."""
        kept = cls(entry_id=entry.id, number=number, author_id=by.id if by else None, fields=fields)
        kept.begun_at = kept.saved_at = at
        before = cls.numbered(entry, number - 1)
        if before is not None and before.is_continued_by(kept):
            before.folded_at, kept.begun_at = at, before.begun_at
        session.add(kept)
        return kept

    def is_continued_by(self, later: "Revision") -> bool:
        same_hand = self.author_id is not None and self.author_id == later.author_id
        is_open = not (self.name or self.is_closed)
        return same_hand and is_open and self.number > 1 and later.saved_at - self.begun_at < WINDOW

    @classmethod
    def close_last(cls, entry) -> None:
        """Fold nothing into the entry's last revision: something was decided about what it says."""
        last = cls.numbered(entry, entry.version)
        if last is not None:
            last.is_closed = True

    @sends(signals.revision_named)
    def rename(self, name: str, *, by: User | None) -> None:
        """Give it a name by which it is found again; it will never be folded. An empty one takes it away."""
        name = " ".join(readable(name).split())
        if len(name) > LONGEST_REVISION_NAME:
            raise Refused(_("A name has at most %(n)d characters.", n=LONGEST_REVISION_NAME))
        self.name = name

    @classmethod
    def forget_folded(cls) -> None:
        session.execute(delete(cls).where(cls.folded_at < now() - FOLDED_FOR))
