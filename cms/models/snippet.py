"""Snippets: pieces of text to be used again and again."""

from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy import String, Text, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from cms import signals
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import readable, sends
from cms.models.trashed import Trashable
from cms.models.user import User

LONGEST_SNIPPET_NAME = 100
LONGEST_SNIPPET = 20_000
MOST_OFFERED = 500


class Snippet(Trashable, db.Model):
    """A piece of Markdown. A post that uses it holds a copy: to change a snippet changes no post."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_SNIPPET_NAME), unique=True)
    body: Mapped[str] = mapped_column(Text)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def all_for_choice(cls) -> list[tuple[int, str]]:
        """``(id, name)`` of the snippets, by name."""
        query = select(cls.id, cls.name).order_by(cls.name).limit(MOST_OFFERED)
        return [(id, name) for id, name in session.execute(query)]

    @classmethod
    def write(cls, *, by: User | None, name: str, body: str) -> "Snippet":
        snippet = cls()
        snippet.revise(by=by, name=name, body=body)
        return snippet

    @sends(signals.snippet_saved)
    def revise(self, *, by: User | None, name: str, body: str) -> None:
        """Give the snippet this name and text; raises `Refused` where they can't be."""
        name, body = accepted_snippet_name(name), accepted_snippet(body)
        try:
            with session.begin_nested():
                self.name, self.body = name, body
                session.add(self)
        except IntegrityError as error:
            raise Refused(_("There is a snippet with this name already.")) from error

    def fit(self) -> None:
        """Take another name where somebody has used this one since."""
        taken = set(session.scalars(select(Snippet.name).where(Snippet.name.startswith(self.name[:90]))))
        names = [self.name, *(f"{self.name[:90]} ({number})" for number in range(2, len(taken) + 3))]
        self.name = next(name for name in names if name not in taken)


def accepted_snippet_name(name: str) -> str:
    name = " ".join(readable(name).split())
    if not name or len(name) > LONGEST_SNIPPET_NAME:
        raise Refused(_("A name has 1 to %(n)d characters.", n=LONGEST_SNIPPET_NAME))
    return name


def accepted_snippet(body: str) -> str:
    body = readable(body).replace("\r\n", "\n")
    if not body.strip():
        raise Refused(_("A snippet needs a text."))
    if len(body) > LONGEST_SNIPPET:
        raise Refused(_("The text is longer than %(n)s characters.", n=format_decimal(LONGEST_SNIPPET)))
    return body
