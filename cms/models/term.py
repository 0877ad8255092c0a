"""By what posts are found: authors, tags, categories and series."""

from flask_babel import gettext as _
from slugify import slugify
from sqlalchemy import ForeignKey, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cms import signals
from cms.cache import BLOG
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Recorded, numbered, readable, sends
from cms.models.media import Media
from cms.models.redirect import Redirect
from cms.models.user import User

LONGEST_SLUG = 100
LONGEST_NAME = 200


class Term(Recorded):
    """A named thing with an address of its own under which posts are listed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")

    section = ""  # the first part of the address
    fields = frozenset({"name", "slug", "description"})

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
    def known(cls, name: str):
        """The term called ``name``, in any letter case; None where there is none."""
        name = " ".join(readable(name).split())[:LONGEST_NAME]
        return called(name, cls._alike(slugify(name, max_length=LONGEST_SLUG - 10)))

    @classmethod
    def _alike(cls, base: str) -> list:
        """The terms whose address is ``base``, or begins with it."""
        alike = or_(cls.slug == base, cls.slug.startswith(f"{base}-"))
        return list(session.scalars(select(cls).where(alike))) if base else []

    @classmethod
    def named(cls, name: str, *, by: User | None):
        """The term called ``name``, in any letter case; made where there is none."""
        name = " ".join(readable(name).split())[:LONGEST_NAME]
        base = slugify(name, max_length=LONGEST_SLUG - 10)
        if not base:
            raise Refused(_("“%(name)s” cannot be used as a name.", name=name))
        alike = cls._alike(base)
        found = called(name, alike)
        if found is None:
            taken = {term.slug for term in alike}
            found = cls()
            found.save(by=by, name=name, slug=next(slug for slug in numbered(base) if slug not in taken))
        return found

    @sends(signals.term_saved)
    def save(self, *, by: User | None, **fields) -> None:
        """Make the term, or change its fields; a new slug leaves a redirect at the old address."""
        if unknown := fields.keys() - self.fields:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        if len(fields.get("name", "")) > LONGEST_NAME or len(fields.get("slug", "")) > LONGEST_SLUG:
            raise Refused(_("The name is longer than %(n)d characters.", n=LONGEST_NAME))
        before = self.path if self.slug else None
        for name, value in fields.items():
            setattr(self, name, value)
        session.add(self)
        if before and before != self.path:
            Redirect.put(before, by=by, target=self.url)
            Redirect.clear(self.path)


def called(name: str, terms: list[Term]) -> Term | None:
    """The one of ``terms`` that has this name, in any letter case."""
    return next((term for term in terms if term.name.casefold() == name.casefold()), None)


class Author(Term, db.Model):
    """A byline. Whoever has an account may have one; a guest, or a writer of old, needs no account."""

    section = "author"
    fields = Term.fields | {"picture", "user"}
    personal = Term.fields

    picture_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    picture: Mapped[Media | None] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def bio(self) -> str:
        return self.description

    @sends(signals.term_saved)
    def become_former(self, *, by: User | None) -> None:
        """Leave the byline and nothing of who it was; its address is a name too, and goes."""
        self.name, self.slug = _("former member"), f"former-member-{self.id}"
        self.description, self.picture = "", None


class Tag(Term, db.Model):
    section = "tag"


class Category(Term, db.Model):
    section = "category"


class Series(Term, db.Model):
    section = "series"

    @property
    def title(self) -> str:
        return self.name
