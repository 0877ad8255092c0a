"""What can be had once: the answer to a form, a link that signs in, a user name for whom it was asked."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import String, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from cms.db import db, session
from cms.models.base import Moment, now


class Once(db.Model):
    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # a digest of what it is
    note: Mapped[str | None] = mapped_column(String(2000), index=True)  # for whom, or the answer
    until: Mapped[datetime] = mapped_column(Moment, index=True)  # when it can be had again

    @classmethod
    def take(cls, *what: str, lasting: timedelta, note: str | None = None) -> "Once | None":
        """The row of whoever comes first for ``what``; a second waits for the first, and gets None."""
        once = cls(key=digest_of(*what), until=now() + lasting, note=note)
        try:
            with session.begin_nested():
                session.add(once)
        except IntegrityError:
            return None
        return once

    @classmethod
    def taken(cls, *what: str) -> "Once | None":
        """The row of whoever had ``what``, if somebody had."""
        return session.get(cls, digest_of(*what))

    @classmethod
    def give_back(cls, note: str) -> None:
        """Let go of all that was taken with this ``note``."""
        session.execute(delete(cls).where(cls.note == note))

    @classmethod
    def forget_expired(cls) -> None:
        session.execute(delete(cls).where(cls.until < now()))


def digest_of(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
