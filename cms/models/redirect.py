"""Old addresses, and what answers there."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cms import signals
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import difference, sends
from cms.models.trashed import Trashable
from cms.models.user import User

if TYPE_CHECKING:
    from cms.models.entry import Entry

GONE = 410
LONGEST_PATH = 500


class Redirect(Trashable, db.Model):
    """What answers at a path where nothing else does: an entry's present address, another one, or "gone"."""

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), unique=True)  # without slashes around it
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    target: Mapped[str | None] = mapped_column(String(LONGEST_PATH))
    status: Mapped[int] = mapped_column(default=301)
    entry: Mapped["Entry | None"] = relationship()

    def __str__(self) -> str:
        return written(self.path)

    @property
    def leads_to(self) -> str | None:
        """The address that it answers with; None where it says that the page is gone."""
        if self.status == GONE:
            return None
        return self.entry.url if self.entry else self.target

    @staticmethod
    def key(path: str) -> str:
        """A path as it is looked up: the same with and without slashes around it."""
        return path.strip("/")

    @classmethod
    def put(
        cls, path: str, *, by: User | None, status: int = 301, entry=None, target: str | None = None
    ) -> None:
        """Let ``path`` answer with ``status``: sent on to ``entry`` or ``target``, or gone."""
        key = cls.key(path)
        if not key or len(key) > LONGEST_PATH or len(target or "") > LONGEST_PATH:
            raise Refused(_("“%(path)s” cannot be an address.", path=path[:100]))
        if target and cls.key(target) == key:
            raise Refused(_("An address cannot lead to itself."))
        with session.no_autoflush:
            found = session.scalars(select(cls).where(cls.path == key)).one_or_none() or cls()
        found._set(by=by, path=key, status=status, entry=entry, target=target)

    @sends(signals.redirect_set)
    def _set(self, *, by: User | None, **fields) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
        session.add(self)

    def fit(self) -> None:
        if session.scalar(select(Redirect.id).where(Redirect.path == self.path)):
            raise Refused(_("Another redirect answers at %(path)s now; remove it first.", path=self))
        if self.status != GONE and not (self.entry_id or self.target):
            raise Refused(_("The page that it led to is gone for good."))

    @classmethod
    def give_way(cls, path: str, *, by: User | None, entry: "Entry | None" = None) -> None:
        """Forget what answered at ``path``, where a page does from now on; given an ``entry``, only its own.

        An address that somebody leads elsewhere keeps its answer until the entry is there for readers.
        """
        with session.no_autoflush:
            found = session.scalars(select(cls).where(cls.path == cls.key(path))).one_or_none()
            if found and entry in (None, found.entry):
                found._drop(by=by)

    def _drop(self, *, by: User | None) -> None:
        before = self.snapshot()
        session.delete(self)
        session.flush()
        name = signals.redirect_dropped.name
        signals.redirect_dropped.send(self, event=name, by=by, changes=difference(before, {}))

    @classmethod
    def outlive(cls, entry: "Entry") -> None:
        """Let the addresses that led to ``entry``, which is about to be deleted, say that it is gone."""
        gone = update(cls).where(cls.entry_id == entry.id).values(entry_id=None, target=None, status=GONE)
        session.execute(gone)

    @classmethod
    def answer_for(cls, path: str) -> str | int | None:
        """The address to send a reader of ``path`` to, 410 if that page is gone, None if unknown."""
        key = cls.key(path)
        if not key or len(key) > LONGEST_PATH:
            return None
        found = session.scalars(select(cls).where(cls.path == key)).one_or_none()
        if found is None:
            return None
        if found.status == GONE or (found.entry and found.entry.stage == "trashed"):
            return GONE
        if found.entry is None:
            return found.target
        return found.entry.url if found.entry.is_public_now else None


def written(path: str) -> str:
    """A path as people write it: with all its letters, and nothing that would end it or be decoded."""
    return "/" + path.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
