"""Forms that were sent: each creating form carries a key, so that sending it twice creates one thing."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from cms.db import db, session
from cms.models.base import Moment, now


class Submission(db.Model):
    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # digest of the form's key and sender
    location: Mapped[str | None] = mapped_column(String(2000))  # where the first answer led
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)

    @classmethod
    def take(cls, key: str) -> "Submission | None":
        """The row of ``key`` where it comes first; a second one waits for the first, and gets None."""
        submission = cls(key=key)
        try:
            with session.begin_nested():
                session.add(submission)
        except IntegrityError:
            return None
        return submission
