"""By what posts are found: authors, tags, categories and series."""

from flask_babel import gettext as _
from slugify import slugify
from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cms import signals
from cms.cache import BLOG
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Recorded, sends
from cms.models.media import Media
from cms.models.user import User

LONGEST_SLUG = 100


class Term(Recorded):
    """A named thing with an address of its own under which posts are listed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")

    section = ""  # the first part of the address

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"{self.section}/{self.slug}/"

    @property
    def url(self) -> str:
        return f"/{self.path}"

    def cache_tags(self) -> set[str]:
        return {BLOG}

    @classmethod
    def named(cls, name: str, *, by: User | None):
        """The term called ``name``, in any letter case; made where there is none."""
        name = " ".join(name.split())[:200]
        slug = slugify(name, max_length=LONGEST_SLUG)
        if not slug:
            raise Refused(_("“%(name)s” cannot be used as a name.", name=name))
        found = session.scalars(select(cls).where(cls.slug == slug)).one_or_none()
        if found is None:
            found = cls()
            found.save(by=by, name=name, slug=slug)
        return found

    @sends(signals.term_saved)
    def save(self, *, by: User | None, **fields) -> None:
        """Make the term, or change its ``name``, ``slug``, ``description`` and what else it has."""
        for name, value in fields.items():
            setattr(self, name, value)
        session.add(self)


class Author(Term, db.Model):
    """A byline. Whoever has an account may have one; a guest, or a writer of old, needs no account."""

    section = "author"

    picture_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    picture: Mapped[Media | None] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def bio(self) -> str:
        return self.description


class Tag(Term, db.Model):
    section = "tag"


class Category(Term, db.Model):
    section = "category"


class Series(Term, db.Model):
    section = "series"

    @property
    def title(self) -> str:
        return self.name
