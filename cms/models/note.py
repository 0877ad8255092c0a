"""Notes of the editors beside a text; readers never see them."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from cms import signals
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Moment, Recorded, now, readable, sends
from cms.models.user import User

LONGEST_NOTE = 5000  # characters
MOST_NOTES = 200  # shown beside one text


class Note(Recorded, db.Model):
    """One note; a remark is one with which a reviewer returned the text."""

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    is_remark: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    author: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return self.text[:80]

    @classmethod
    def beside(cls, entry) -> list["Note"]:
        """The notes beside ``entry``, the open ones first, of these the oldest first, with their authors."""
        open_first = (cls.settled_at.is_not(None), cls.id)
        mine = select(cls).where(cls.entry_id == entry.id).order_by(*open_first).limit(MOST_NOTES)
        return list(session.scalars(mine.options(joinedload(cls.author))))

    @classmethod
    def put(cls, entry, text: str, *, by: User | None, is_remark: bool = False) -> "Note":
        """Lay a note beside ``entry``; raises `Refused` for an empty or endless one."""
        text = readable(text).strip()
        if not text:
            raise Refused(_("Write down what you want to say."))
        if len(text) > LONGEST_NOTE:
            raise Refused(_("A note has at most %(n)d characters.", n=LONGEST_NOTE))
        note = cls(text=text, author_id=by.id if by else None, is_remark=is_remark)
        note._put(entry, by=by)
        return note

    @sends(signals.note_put)
    def _put(self, entry, *, by: User | None) -> None:
        entry.notes.append(self)

    @sends(signals.note_settled)
    def settle(self, *, by: User | None) -> None:
        """Say that what the note asks for is done; of one that is settled it says nothing new."""
        self.settled_at = self.settled_at or now()

    @sends(signals.note_reopened)
    def reopen(self, *, by: User | None) -> None:
        """Say that what the note asks for is still to be done."""
        self.settled_at = None
