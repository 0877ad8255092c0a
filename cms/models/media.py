"""Files that posts show, kept once by content at an address that never changes."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from flask import current_app
from slugify import slugify
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from cms import signals
from cms.db import db, session
from cms.files import write_once
from cms.images import read_picture
from cms.models.base import Moment, Recorded, now, sends
from cms.models.user import User

SHORT = 16  # hexadecimal digits of the digest that stand in the address


class Media(Recorded, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of the content, hexadecimal
    filename: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]  # bytes
    width: Mapped[int]  # pixels; 0 where a drawing names none
    height: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    @property
    def path(self) -> str:
        return f"media/{self.digest[:SHORT]}/{self.filename}"

    @property
    def url(self) -> str:
        return f"/{self.path}"

    @classmethod
    def store(cls, data: bytes, filename: str, *, by: User | None) -> "Media":
        """Keep a picture, once however often it comes; raises `Refused` for what is no safe picture."""
        digest = sha256(data).hexdigest()
        found = session.scalars(select(cls).where(cls.digest == digest)).one_or_none()
        if found is None:
            found = cls(digest=digest)
            found._keep(data, filename, by=by)
        return found

    @sends(signals.media_stored)
    def _keep(self, data: bytes, filename: str, *, by: User | None) -> None:
        picture = read_picture(data)
        stem = slugify(Path(filename).stem, max_length=80) or "picture"
        self.filename = f"{stem}.{picture.extension}"
        self.content_type, self.size = picture.content_type, len(data)
        self.width, self.height = picture.width, picture.height
        write_once(self.file, data)
        session.add(self)

    @property
    def file(self) -> Path:
        """Where the content is kept."""
        return Path(current_app.config["INSTANCE"]).absolute() / "uploads" / self.digest[:2] / self.digest
