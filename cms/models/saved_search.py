"""The filter of a list of the back office, kept under a name."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ForeignKey, Index, Select, String, UniqueConstraint, and_, delete, func, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from cms import signals
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Moment, Recorded, now, readable, sends
from cms.models.user import User

LONGEST_NAME = 60  # characters
LONGEST_QUERY = 1000  # characters
MOST_OF_ONE = 50
MOST_SHOWN = 200  # those of colleagues included


class SavedSearch(Recorded, db.Model):
    """One person's search on a list; a ``shared`` one is there for everybody who may see the list."""

    __table_args__ = (UniqueConstraint("user_id", "desk", "name"), Index(None, "desk", "shared"))
    personal = frozenset({"query"})  # it may be somebody's name or address that was looked for

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    desk: Mapped[str] = mapped_column(String(40))  # the name of the list in its address
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    query: Mapped[str] = mapped_column(String(LONGEST_QUERY))  # what stands in the address behind the "?"
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    user: Mapped[User] = relationship()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def for_user(cls, user: User, desk: str) -> list["SavedSearch"]:
        """The searches on the list ``desk`` that ``user`` finds there, their own first."""
        theirs = cls.user_id == user.id
        found = select(cls).options(joinedload(cls.user)).where(cls.desk == desk, or_(theirs, cls.shared))
        return list(session.scalars(found.order_by(theirs.desc(), cls.name, cls.id).limit(MOST_SHOWN)))

    @classmethod
    def of(cls, user: User) -> Select:
        """All that ``user`` saved."""
        return select(cls).where(cls.user_id == user.id)

    @classmethod
    def keep(cls, desk: str, name: str, query: str, shared: bool = False, *, by: User) -> "SavedSearch":
        """Keep ``query`` under ``name``; a search of the same person with that name is replaced."""
        if not query:
            raise Refused(_("Choose first what the list is to show; then there is something to save."))
        if len(query) > LONGEST_QUERY:
            raise Refused(_("This search is too long to be saved."))
        name = accepted_name(name)
        cls._one_at_a_time(by)
        named = cls.of(by).where(cls.desk == desk, cls.name == name)
        kept = session.scalars(named).one_or_none() or cls._begin(by)
        kept._fill(desk=desk, name=name, query=query, shared=shared, by=by)
        return kept

    @classmethod
    def _begin(cls, user: User) -> "SavedSearch":
        if session.scalar(select(func.count()).select_from(cls.of(user).subquery())) >= MOST_OF_ONE:
            raise Refused(
                ngettext(
                    "You have saved %(num)s search; remove it first.",
                    "You have saved %(num)s searches; remove one first.",
                    MOST_OF_ONE,
                )
            )
        return cls(user_id=user.id)

    @sends(signals.search_saved)
    def _fill(self, *, by: User, **fields) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
        session.add(self)

    @sends(signals.search_saved)
    def rename(self, name: str, shared: bool, *, by: User) -> None:
        """Give it another name, and share it or not."""
        self._refuse_others(by)
        name = accepted_name(name)
        self._one_at_a_time(by)
        same = and_(SavedSearch.desk == self.desk, SavedSearch.name == name, SavedSearch.id != self.id)
        if session.scalar(SavedSearch.of(by).where(same).with_only_columns(SavedSearch.id)):
            raise Refused(_("You have a search called “%(name)s” already.", name=name))
        self.name, self.shared = name, shared

    def remove(self, *, by: User) -> None:
        """Take it away, for everybody who finds it on the list."""
        self._refuse_others(by)
        changes = {field: [value, None] for field, value in self.snapshot().items()}
        signals.search_removed.send(self, event=signals.search_removed.name, by=by, changes=changes)
        session.delete(self)
        session.flush()

    @classmethod
    def forget(cls, user: User) -> None:
        """Delete what somebody saved who leaves."""
        session.execute(
            delete(cls).where(cls.user_id == user.id), execution_options={"synchronize_session": "fetch"}
        )

    @staticmethod
    def _one_at_a_time(user: User) -> None:
        """Let what ``user`` saves in another window wait until this is done: names and number are counted."""
        session.execute(select(User.id).where(User.id == user.id).with_for_update(key_share=True))

    def _refuse_others(self, by: User) -> None:
        if by.id != self.user_id:
            raise Refused(_("This search belongs to %(name)s.", name=self.user.name))


def accepted_name(name: str) -> str:
    name = " ".join(readable(name).split())
    if not name:
        raise Refused(_("Give the search a name."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("The name is longer than %(n)d characters.", n=LONGEST_NAME))
    return name
