"""What somebody typed and did not save: kept while they write, offered when they come back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from cms.db import db, session
from cms.models.base import Moment, now
from cms.models.user import User

MOST_UNSAVED = 20  # texts of one person
KEPT_FOR = timedelta(days=30)
LATELY = timedelta(minutes=30)


class Unsaved(db.Model):
    """The fields of one form, by what is edited: ``post-12``, or ``post-new-`` and a key for a new one."""

    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)

    @property
    def title(self) -> str:
        return self.fields.get("title", "")

    @classmethod
    def of(cls, user: User, key: str) -> "Unsaved | None":
        return session.scalars(select(cls).where(cls.user_id == user.id, cls.key == key)).one_or_none()

    @classmethod
    def beginning(cls, user: User, prefix: str) -> list["Unsaved"]:
        """The user's unsaved texts whose key begins with ``prefix``, the newest first."""
        mine = select(cls).where(cls.user_id == user.id, cls.key.startswith(prefix, autoescape=True))
        return list(session.scalars(mine.order_by(cls.at.desc(), cls.id.desc())))

    @classmethod
    def keep(cls, user: User, key: str, fields: dict[str, Any]) -> "Unsaved":
        """Keep ``fields`` instead of what was kept under ``key``; the oldest texts make room."""
        kept = cls.of(user, key) or cls._begun(user, key)
        kept.fields, kept.at = fields, now()
        session.flush()
        newest = select(cls.id).where(cls.user_id == user.id).order_by(cls.at.desc()).limit(MOST_UNSAVED)
        session.execute(delete(cls).where(cls.user_id == user.id, cls.id.not_in(newest.scalar_subquery())))
        return kept

    @classmethod
    def offered(cls, user: User, key: str) -> list["Unsaved"]:
        """What the user typed into the form ``key`` and did not save: now, and what was laid aside before."""
        return [each for each in (cls.of(user, key), *cls.beginning(user, f"{key}-")) if each]

    @classmethod
    def lay_aside(cls, user: User, key: str, number: int) -> None:
        """Keep the text ``number`` under a key of its own, where nothing typed from now on replaces it."""
        kept = cls.of(user, key)
        if kept is not None and kept.id == number:
            kept.key = f"{key}-{number}"

    @classmethod
    def writers_at(cls, key: str, *, but: User) -> list[tuple[str, datetime]]:
        """``(name, moment)`` of the others who typed into the form ``key`` a short while ago."""
        others = select(User, cls.at).join(User, User.id == cls.user_id)
        lately = others.where(cls.key == key, cls.user_id != but.id, cls.at > now() - LATELY)
        return [(user.name, at) for user, at in session.execute(lately.order_by(cls.at.desc()).limit(5))]

    @classmethod
    def _begun(cls, user: User, key: str) -> "Unsaved":
        """A row for this key; that of another window which was faster, if there was one."""
        begun = cls(user_id=user.id, key=key, fields={})
        try:
            with session.begin_nested():
                session.add(begun)
        except IntegrityError:
            return cls.of(user, key)
        return begun

    @classmethod
    def forget(cls, user: User, key: str) -> None:
        session.execute(delete(cls).where(cls.user_id == user.id, cls.key == key))

    @classmethod
    def forget_all(cls, user: User) -> None:
        session.execute(delete(cls).where(cls.user_id == user.id))

    @classmethod
    def forget_old(cls) -> None:
        session.execute(delete(cls).where(cls.at < now() - KEPT_FOR))
