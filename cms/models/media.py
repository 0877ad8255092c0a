"""Files that posts show, kept once by content at an address that never changes."""

import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from slugify import slugify
from sqlalchemy import ForeignKey, Index, String, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cms import signals
from cms.db import db, session
from cms.errors import Refused
from cms.files import write_once
from cms.images import SVG, Picture, read_picture
from cms.models.base import Moment, Recorded, now, readable, sends
from cms.models.user import User

SHORT = 16  # hexadecimal digits of the digest that stand in the address
WIDTHS = (320, 640, 960, 1280, 1920)  # pixels, in which smaller forms are made
LONGEST_ALT = 500  # characters
LONGEST_CREDIT = 200
MOST_AT_ONCE = 200  # addresses in one statement
SPECIAL = re.compile(r"([\\\[\]`*_<>\"&])")  # in Markdown


class Media(Recorded, db.Model):
    """A picture. A row without ``scaled_at`` waits for the job that makes its smaller forms."""

    __table_args__ = (Index(None, "described", "id"), Index(None, "scaled_at"))
    unrecorded = frozenset({"described", "animated", "scaled_at"})

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of the content, hexadecimal
    filename: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]  # bytes
    width: Mapped[int]  # pixels; 0 where a drawing names none
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(String(LONGEST_ALT), default="")
    decorative: Mapped[bool] = mapped_column(default=False)
    described: Mapped[bool] = mapped_column(default=False)  # has an alternative text, or needs none
    credit: Mapped[str] = mapped_column(String(LONGEST_CREDIT), default="")
    animated: Mapped[bool] = mapped_column(default=False)
    uploader_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    scaled_at: Mapped[datetime | None] = mapped_column(Moment)
    uploader: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return self.filename

    @property
    def path(self) -> str:
        return f"media/{self.digest[:SHORT]}/{self.filename}"

    @property
    def url(self) -> str:
        return f"/{self.path}"

    @property
    def stem(self) -> str:
        """The name of the file without its kind."""
        return Path(self.filename).stem

    @property
    def file(self) -> Path:
        """Where the content is kept."""
        return Path(current_app.config["INSTANCE"]).absolute() / "uploads" / self.digest[:2] / self.digest

    # Its smaller forms

    @property
    def widths(self) -> list[int]:
        """In which widths there are smaller forms, or will be: of drawings and moving pictures in none."""
        is_fixed = self.animated or self.content_type == SVG
        return [] if is_fixed else [width for width in WIDTHS if width < self.width]

    def url_of(self, width: int) -> str:
        """The address of the form of this width, one of `widths`."""
        return f"/media/{self.digest[:SHORT]}/{width}/{self.stem}.webp"

    def file_of(self, width: int) -> Path:
        return self.file.with_name(f"{self.digest}-{width}.webp")

    @property
    def preview_url(self) -> str:
        """The address of its smallest form, or its own."""
        return self.url_of(self.widths[0]) if self.widths else self.url

    @property
    def srcset(self) -> str:
        """The smaller forms as ``srcset`` names them, then itself unless it is huge; else empty."""
        forms = [f"{self.url_of(width)} {width}w" for width in self.widths]
        if forms and self.width <= WIDTHS[-1]:
            forms.append(f"{self.url} {self.width}w")
        return ", ".join(forms)

    # In a text

    @property
    def markdown(self) -> str:
        """What shows the picture in a text; the credit is its caption."""
        title = f' "{escaped(self.credit)}"' if self.credit else ""
        return f"![{escaped(self.alt)}]({self.url}{title})"

    @classmethod
    def at(cls, addresses: Iterable[str]) -> dict[str, "Media"]:
        """``{address: picture}`` of those ``addresses`` where there is one: a statement for each 200."""
        shorts = sorted({address.split("/")[2] for address in addresses})
        found: list[Media] = []
        for start in range(0, len(shorts), MOST_AT_ONCE):
            near = (cls.begins_with(short) for short in shorts[start : start + MOST_AT_ONCE])
            found += session.scalars(select(cls).where(or_(*near)))
        return {media.url: media for media in found}

    @classmethod
    def begins_with(cls, short: str):
        """The condition that the digest begins with ``short``, by the index: "g" follows all its digits."""
        return cls.digest.between(short, short + "g")

    # Verbs

    @classmethod
    def store(cls, data: bytes, filename: str, *, by: User | None) -> "Media":
        """Keep a picture, once however often it comes; raises `Refused` for what is no safe picture."""
        return cls.keep(read_picture(data), filename, by=by)

    @classmethod
    def keep(cls, picture: Picture, filename: str, *, by: User | None) -> "Media":
        """Keep a picture that was read; of two who bring the same at once, both get the one row."""
        same = select(cls).where(cls.digest == sha256(picture.data).hexdigest())
        if found := session.scalars(same).one_or_none():
            return found
        media = cls(digest=sha256(picture.data).hexdigest())
        try:
            with session.begin_nested():
                media._keep(picture, filename, by=by)
        except IntegrityError:
            return session.scalars(same).one()
        return media

    @sends(signals.media_stored)
    def _keep(self, picture: Picture, filename: str, *, by: User | None) -> None:
        stem = slugify(Path(filename).stem, max_length=80) or "picture"
        self.filename = f"{stem}.{picture.extension}"
        self.content_type, self.size = picture.content_type, len(picture.data)
        self.width, self.height, self.animated = picture.width, picture.height, picture.animated
        self.uploader = by
        if not self.widths:
            self.scaled_at = now()
        write_once(self.file, picture.data)
        session.add(self)

    @sends(signals.media_described)
    def describe(self, *, by: User | None, alt: str = "", decorative: bool = False, credit: str = "") -> None:
        """Say what the picture shows, or that it adds nothing to a text, and whose it is."""
        alt, credit = one_line(alt), one_line(credit)
        if alt and decorative:
            raise Refused(_("Describe the picture or mark it as decorative, but not both."))
        if len(alt) > LONGEST_ALT:
            raise Refused(_("The description is longer than %(n)d characters.", n=LONGEST_ALT))
        if len(credit) > LONGEST_CREDIT:
            raise Refused(_("The credit is longer than %(n)d characters.", n=LONGEST_CREDIT))
        self.alt, self.decorative, self.credit = alt, decorative, credit
        self.described = bool(alt) or decorative


def one_line(text: str) -> str:
    return " ".join(readable(text).split())


def escaped(text: str) -> str:
    """``text`` in Markdown, where it means nothing but itself."""
    return SPECIAL.sub(r"\\\1", text)
