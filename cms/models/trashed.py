"""The trash of small things: what was removed stays here for a while, with all that hung on it."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, Index, String, delete, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from cms import signals
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Moment, Recorded, difference, now
from cms.models.user import User

KEPT_FOR = timedelta(days=30)
LONGEST_TRASHED_NAME = 500


class Trashable(Recorded):
    """A model whose things go into the trash when they are removed, and can come back.

    Its columns hold JSON's types and nothing else.
    """

    def remove(self, *, by: User | None) -> None:
        """Put it into the trash, from which it can be brought back for `KEPT_FOR`."""
        Trashed.put(self, by=by)

    def links(self) -> dict[str, Any]:
        """What hangs on it, in JSON's types, for `relink`."""
        return {}

    def relink(self, links: dict[str, Any], *, by: User | None) -> None:
        """Tie again what still can be tied of what hung on it."""

    def fit(self) -> None:
        """Suit what has changed since it went; raises `Refused` where that can't be done."""


class Trashed(db.Model):
    """Something that was removed: its fields, and what hung on it."""

    __table_args__ = (Index(None, "kind", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))  # the name of its class, in small letters
    thing_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(LONGEST_TRASHED_NAME))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    actor: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return self.name

    @property
    def gone_at(self) -> datetime:
        """When it is deleted for good."""
        return self.at + KEPT_FOR

    @classmethod
    def put(cls, thing: Trashable, *, by: User | None, links: dict[str, Any] | None = None) -> None:
        """Take ``thing`` away and keep it here; ``links`` are its `Trashable.links` if they are known."""
        refuse_unless_there(thing, _("Somebody has removed it already."))
        before = thing.snapshot()
        data = {"fields": fields_of(thing), "links": thing.links() if links is None else links}
        name = str(thing)[:LONGEST_TRASHED_NAME]
        session.add(cls(kind=kind_of(thing), thing_id=thing.id, name=name, data=data, actor=by))
        session.delete(thing)
        session.flush()
        signals.thing_trashed.send(
            thing, event=signals.thing_trashed.name, by=by, changes=difference(before, {})
        )

    @classmethod
    def newest_of(cls, thing: Trashable) -> "Trashed":
        """The row of ``thing``, which has just been put here."""
        query = select(cls).where(cls.kind == kind_of(thing), cls.thing_id == thing.id)
        return session.scalars(query.order_by(cls.id.desc()).limit(1)).one()

    def restore(self, *, by: User | None) -> Trashable:
        """Bring it back, with its number if that is free, and what still can be tied to it.

        Raises `Refused` where there is no place for it any more.
        """
        refuse_unless_there(self, _("Somebody has brought it back already."))
        thing = self._thing()
        thing.fit()
        add_or_refuse(thing)
        thing.relink(self.data["links"], by=by)
        session.delete(self)
        session.flush()
        signals.thing_restored.send(
            thing, event=signals.thing_restored.name, by=by, changes=difference({}, thing.snapshot())
        )
        return thing

    def _thing(self) -> Trashable:
        """The thing anew, without what it pointed to that is gone."""
        model = trashable()[self.kind]
        fields = {
            name: value if is_still_there(model, name, value) else None
            for name, value in self.data["fields"].items()
        }
        if session.get(model, self.thing_id):
            del fields["id"]
        return model(**fields)

    @classmethod
    def forget_old(cls) -> None:
        """Delete for good what has been here for `KEPT_FOR`."""
        session.execute(delete(cls).where(cls.at < now() - KEPT_FOR))

    @classmethod
    def forget_bylines_of(cls, user: User) -> None:
        """Delete for good the bylines of somebody who leaves."""
        owner = cls.data["fields"]["user_id"].as_integer()
        session.execute(delete(cls).where(cls.kind == "author", owner == user.id))


def trashable() -> dict[str, type[Trashable]]:
    """``{kind: model}`` of everything that goes into this trash."""
    models = (mapper.class_ for mapper in db.Model.registry.mappers)
    return {model.__name__.lower(): model for model in models if issubclass(model, Trashable)}


def kind_of(thing: Trashable) -> str:
    return type(thing).__name__.lower()


def fields_of(thing: Trashable) -> dict[str, Any]:
    return {column.key: getattr(thing, column.key) for column in inspect(type(thing)).column_attrs}


def is_still_there(model: type[Trashable], name: str, value: Any) -> bool:
    """Whether the row to which a field points exists, if it points to one."""
    keys = inspect(model).columns[name].foreign_keys
    return value is None or all(session.scalar(select(key.column).where(key.column == value)) for key in keys)


def refuse_unless_there(row: Any, message: str) -> None:
    """Refuse what somebody else did in the same moment: the second waits, and finds no row."""
    model = type(row)
    if session.scalar(select(model.id).where(model.id == row.id).with_for_update()) is None:
        raise Refused(message)


def add_or_refuse(thing: Trashable) -> None:
    try:
        with session.begin_nested():
            session.add(thing)
    except IntegrityError as error:
        raise Refused(_("Something else has taken its place this very moment; try again.")) from error
