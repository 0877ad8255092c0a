"""Passkeys: what WebAuthn has to remember of each (https://www.w3.org/TR/webauthn-3/)."""

from datetime import datetime
from typing import TYPE_CHECKING

from flask_security.core import WebAuthnMixin
from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from cms.db import db
from cms.models.base import Moment, now

if TYPE_CHECKING:
    from cms.models.user import User


class Passkey(db.Model, WebAuthnMixin):
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(JSON)
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    usage: Mapped[str] = mapped_column(String(64))  # "first": instead of a password; "secondary": beside it
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    lastuse_datetime: Mapped[datetime] = mapped_column(Moment, default=now)

    user: Mapped["User"] = relationship(back_populates="webauthn")

    def __str__(self) -> str:
        return self.name
