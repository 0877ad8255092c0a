"""Work that is done after the request: one row each, written in the transaction that asks for it."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Index, String, Text, cast, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from cms import signals
from cms.addresses import spelled
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Moment, Recorded, now, sends
from cms.models.user import User

WAITING, RUNNING, DONE, FAILED, DROPPED = "waiting", "running", "done", "failed", "dropped"
LONGEST_ERROR = 500  # characters


class Job(Recorded, db.Model):
    """A piece of work of the ``kind`` that `cms.jobs.job` names.

    ``arguments`` hold no secret, but may hold an e-mail address: they are emptied when it is done, and they
    and ``error``, which may quote them, are no part of the record of events.

    Whoever runs it holds it until ``lease_until``; after that anybody may take it over. A row with a ``key``
    is periodic: it is never done, but waits for its next turn.
    """

    __table_args__ = (
        Index(None, "state", "run_at"),
        Index(None, "state", "finished_at"),
        Index(None, "state", "id"),
        Index(None, "kind", "id"),
    )
    unrecorded = frozenset({"arguments", "error"})

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    key: Mapped[str | None] = mapped_column(String(80), unique=True)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    run_at: Mapped[datetime] = mapped_column(Moment, default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    worker: Mapped[str] = mapped_column(String(120), default="")
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def is_due(self) -> bool:
        return self.state == WAITING and self.run_at <= now()

    @sends(signals.job_retried)
    def retry(self, *, by: User | None) -> None:
        """Have it run now, with all its attempts again; raises `Refused` while it runs or once it is done."""
        session.refresh(self, with_for_update=True)
        self._refuse_running()
        if self.state == DONE:
            raise Refused(_("It is done; there is nothing to try again."))
        self.restart()

    @sends(signals.job_dropped)
    def drop(self, *, by: User | None) -> None:
        """Take it away for good; raises `Refused` while it runs."""
        session.refresh(self, with_for_update=True)
        self._refuse_running()
        self.state = DROPPED
        session.delete(self)

    @classmethod
    def forget(cls, address: str) -> None:
        """Delete what was to be done for somebody who leaves; what is just being done goes on."""
        idle = cls.state.in_((WAITING, FAILED))
        maybe = select(cls.id, cls.arguments).where(idle, cast(cls.arguments, Text).contains("@"))
        named = [number for number, arguments in session.execute(maybe) if names(arguments, address)]
        session.execute(delete(cls).where(cls.id.in_(named), idle))

    def restart(self) -> None:
        self.state, self.run_at = WAITING, now()
        self.attempts, self.error, self.finished_at = 0, "", None

    def _refuse_running(self) -> None:
        if self.state == RUNNING:
            raise Refused(_("It is running right now."))


def names(arguments: dict[str, Any], address: str) -> bool:
    """Whether one of ``arguments`` is the e-mail ``address``, however it was typed."""
    typed = (value for value in arguments.values() if isinstance(value, str) and "@" in value)
    return any(is_one_spelling_of(address, value) for value in typed)


def is_one_spelling_of(address: str, text: str) -> bool:
    try:
        return spelled(text) == address
    except Refused:
        return False
