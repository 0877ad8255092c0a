"""By what posts are found: authors, tags, categories and series."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from slugify import slugify
from sqlalchemy import ForeignKey, String, Text, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cms import signals
from cms.cache import BLOG
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import numbered, readable, sends
from cms.models.media import Media
from cms.models.order import moved
from cms.models.redirect import GONE, Redirect
from cms.models.trashed import Trashable, Trashed, refuse_unless_there
from cms.models.user import User

LONGEST_SLUG = 100
LONGEST_NAME = 200
LONGEST_DESCRIPTION = 2_000


class Term(Trashable):
    """A named thing with an address of its own under which posts are listed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), index=True)
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
        return called(name, cls._alike(slugify(name, max_length=LONGEST_SLUG - 10), name))

    @classmethod
    def _alike(cls, base: str, name: str) -> list:
        """The terms called ``name``, and those whose address is ``base`` or begins with it."""
        alike = (cls.name == name, *((cls.slug == base, cls.slug.startswith(f"{base}-")) if base else ()))
        return list(session.scalars(select(cls).where(or_(*alike))))

    @classmethod
    def named(cls, name: str, *, by: User | None):
        """The term called ``name``, in any letter case; made where there is none.

        Of several who need a new one at once, all get the one that the first of them made.
        """
        name = " ".join(readable(name).split())[:LONGEST_NAME]
        base = slugify(name, max_length=LONGEST_SLUG - 10)
        if not base:
            raise Refused(_("“%(name)s” cannot be used as a name.", name=name))
        alike = cls._alike(base, name)
        if found := called(name, alike):
            return found
        try:
            return cls.make(by=by, name=name, slug=first_free(base, {term.slug for term in alike}))
        except Refused:
            if made_meanwhile := called(name, cls._alike(base, name)):
                return made_meanwhile
            raise

    @classmethod
    def make(cls, *, by: User | None, **fields):
        """A new term; the end of its address is made of the name where none is given."""
        term = cls()
        term.save(by=by, **{"slug": "", "description": "", **fields})
        return term

    @sends(signals.term_saved)
    def save(self, *, by: User | None, **fields) -> None:
        """Make the term, or change its fields; a new slug leaves a redirect at the old address."""
        if unknown := fields.keys() - self.fields:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        before = self.path if self.slug else None
        accepted = self._accepted(fields)
        with refusing_what_is_taken():
            for name, value in accepted.items():
                setattr(self, name, value)
            session.add(self)
        if before != self.path:
            self._move_from(before, by=by)

    def merge(self, *, into, by: User | None) -> None:
        """Hang the posts on ``into``, lead the address there, and put this one into the trash."""
        from cms.models.shelf import SHELVES

        if into is self or type(into) is not type(self):
            raise Refused(_("Choose another one to merge it into."))
        refuse_unless_there(into, _("Somebody has removed it already."))
        shelf = SHELVES[type(self)]
        places, path = shelf.places(self.id), self.path
        told = [self.snapshot()["name"], None]
        lent = shelf.move(self.id, into.id)
        Trashed.put(self, by=by, links={"places": places, "lent": lent, "to": into.id})
        Redirect.put(path, by=by, target=into.url)
        signals.term_merged.send(into, event=signals.term_merged.name, by=by, changes={"merged": told})

    def remove(self, *, by: User | None) -> None:
        """Put it into the trash. Its address says from now on that it is gone."""
        from cms.models.shelf import posts_changed

        path = self.path
        super().remove(by=by)
        posts_changed()
        Redirect.put(path, status=GONE, by=by)

    def links(self) -> dict[str, Any]:
        from cms.models.shelf import SHELVES

        return {"places": SHELVES[type(self)].places(self.id), "lent": [], "to": None}

    def relink(self, links: dict[str, Any], *, by: User | None) -> None:
        from cms.models.shelf import SHELVES

        SHELVES[type(self)].put_back(self.id, **links)
        Redirect.give_way(self.path, by=by)

    def fit(self) -> None:
        self.slug = first_free(self.slug, self._slugs_like(self.slug))

    def _accepted(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields as they can be stored; raises `Refused` where one can't."""
        accepted = dict(fields)
        if "name" in fields:
            accepted["name"] = accepted_name(fields["name"])
        if "slug" in fields:
            accepted["slug"] = self._accepted_slug(fields["slug"], accepted.get("name", self.name))
        if len(fields.get("description", "")) > LONGEST_DESCRIPTION:
            most = format_decimal(LONGEST_DESCRIPTION)
            raise Refused(_("The description is longer than %(n)s characters.", n=most))
        return accepted

    def _accepted_slug(self, wanted: str, name: str) -> str:
        if len(wanted) > LONGEST_SLUG:
            raise Refused(_("The address is longer than %(n)d characters.", n=LONGEST_SLUG))
        base = slugify(wanted or name, max_length=LONGEST_SLUG if wanted else LONGEST_SLUG - 10)
        if not base:
            raise Refused(_("“%(name)s” cannot be used as a name.", name=wanted or name))
        if base == self.slug or not wanted:
            return first_free(base, self._slugs_like(base) - {self.slug})
        self._refuse_taken(base)
        return base

    def _slugs_like(self, base: str) -> set[str]:
        alike = type(self).slug == base, type(self).slug.startswith(f"{base}-")
        with session.no_autoflush:
            return set(session.scalars(select(type(self).slug).where(or_(*alike))))

    def _refuse_taken(self, slug: str) -> None:
        with session.no_autoflush:
            other = session.scalar(select(type(self).name).where(type(self).slug == slug))
        if other is not None:
            raise Refused(_("“%(name)s” has this address already.", name=other))

    def _move_from(self, before: str | None, *, by: User | None) -> None:
        """Answer at the present address, and lead there from the one before."""
        if before:
            Redirect.put(before, by=by, target=self.url)
        Redirect.give_way(self.path, by=by)


def accepted_name(name: str) -> str:
    name = " ".join(readable(name).split())
    if not name:
        raise Refused(_("A name is needed."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("The name is longer than %(n)d characters.", n=LONGEST_NAME))
    return name


def first_free(slug: str, taken: Iterable[str]) -> str:
    """``slug``, or the first one numbered like it, that is not ``taken``."""
    return next(candidate for candidate in numbered(slug) if candidate not in taken)


@contextmanager
def refusing_what_is_taken() -> Iterator[None]:
    """Refuse what somebody else took in the same moment: of two, the database lets in one."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise Refused(_("Something else has taken this address.")) from error


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

    def move(self, post_id: int, to: int, *, by: User | None) -> int:
        """Make a post the ``to``-th of the series, counted from 1, or the last; which one it is now."""
        from cms.models.shelf import MOST_ARRANGED, arrange, order_of

        order = order_of(self.id)
        if len(order) > MOST_ARRANGED:
            raise Refused(_("A series of more than %(n)d posts can’t be ordered here.", n=MOST_ARRANGED))
        if post_id not in order:
            raise Refused(_("This post is not in the series any more."))
        wanted = moved(order, post_id, to)
        if wanted != order:
            arrange(wanted)
            changes = {"order": [order, wanted]}
            signals.series_arranged.send(self, event=signals.series_arranged.name, by=by, changes=changes)
        return wanted.index(post_id) + 1
