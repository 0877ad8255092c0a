"""What happened: one row for each domain event, written in the transaction of the change."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from cms.db import db
from cms.models.base import Moment, now
from cms.models.user import User


class Event(db.Model):
    __table_args__ = (
        Index(None, "subject_type", "subject_id", "id"),
        Index(None, "name", "id"),
        Index(None, "name", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(120))  # its key, such as a number or a setting's name
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(Moment, default=now)

    actor: Mapped[User | None] = relationship()
