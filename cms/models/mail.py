"""The outbox: every mail that the site sends, written in the transaction that it tells of."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, Index, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cms import signals
from cms.db import db, session
from cms.errors import Refused
from cms.models import job as jobs
from cms.models.base import Moment, Recorded, now, sends
from cms.models.job import DROPPED, FAILED, WAITING, Job
from cms.models.role import acts_of
from cms.models.user import User

SENDING, SENT, KEPT = "sending", "sent", "kept"
DELIVERY = "mail.deliver"  # the kind of the job that sends one
LONGEST_SUBJECT = 200  # characters
LONGEST_RECIPIENT = 320  # characters
LONGEST_TEXT = 500_000  # characters
FETCHED = {"synchronize_session": "fetch"}


class Mail(Recorded, db.Model):
    """One mail to one address; without a mail server it is ``kept`` for the back office to read.

    Its texts may hold a secret link: they are emptied when it has been sent. To whom it went and what it said
    is no part of the record of events, which outlives accounts.
    """

    __table_args__ = (Index(None, "state", "id"), Index(None, "state", "sent_at"), Index(None, "to"))
    unrecorded = frozenset({"to", "subject", "text", "html", "error"})

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(LONGEST_RECIPIENT))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    message_id: Mapped[str] = mapped_column(String(320), unique=True)
    state: Mapped[str] = mapped_column(String(10), default=KEPT)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id", ondelete="SET NULL"), index=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    job: Mapped[Job | None] = relationship(passive_deletes=True)

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"

    @sends(signals.mail_retried)
    def retry(self, *, by: User | None) -> None:
        """Send it now; raises `Refused` where it is sent, being sent, or there is no mail server."""
        from flask import current_app

        session.refresh(self, with_for_update=True)
        self._refuse_running()
        if self.state == SENT:
            raise Refused(_("It has been sent already."))
        if not current_app.config["MAIL_SERVER"]:
            raise Refused(_("There is no mail server yet: set MAIL_SERVER first."))
        self.queue()

    @sends(signals.mail_dropped)
    def drop(self, *, by: User | None) -> None:
        """Take it away for good, with the job that would send it; raises `Refused` while it is being sent."""
        session.refresh(self, with_for_update=True)
        self._refuse_running()
        self.state = DROPPED
        if self.job:
            session.delete(self.job)
        session.delete(self)

    @classmethod
    def forget(cls, address: str) -> None:
        """Delete what was mailed, or was to be, to somebody who leaves; what is just being sent goes out."""
        theirs = (cls.to == address, cls.state != SENDING)
        deliveries = Job.id.in_(select(cls.job_id).where(*theirs)), Job.state != jobs.RUNNING
        session.execute(delete(Job).where(*deliveries), execution_options=FETCHED)
        session.execute(delete(cls).where(*theirs), execution_options=FETCHED)
        Job.forget(address)

    def readable_by(self, reader: User) -> bool:
        """Whether ``reader`` may do all that the one whom it is for may, now or once they are let in again.

        A link in it may let whoever follows it into that account.
        """
        owner = User.named(self.to)
        return owner is None or acts_of(*(role.name for role in owner.roles)) <= reader.acts

    def queue(self) -> None:
        """Give it to the one job that sends it."""
        self.state, self.error, self.attempts = WAITING, "", 0
        if self.job and self.job.state != jobs.DONE:
            self.job.restart()
        else:
            session.flush()
            self.job = Job(kind=DELIVERY, arguments={"mail_id": self.id})

    def keep(self) -> None:
        self.state, self.error = KEPT, ""

    def mark_sending(self) -> None:
        self.state = SENDING

    def mark_sent(self) -> None:
        """It has left: forget what it said."""
        if self.state == SENT:
            return
        self.state, self.sent_at, self.error = SENT, now(), ""
        self.attempts += 1
        self.text = self.html = ""

    def postpone(self, error: str) -> None:
        self.state, self.error = WAITING, error
        self.attempts += 1

    @sends(signals.mail_failed)
    def fail(self, error: str, *, by: User | None) -> None:
        """It won't be tried again unless somebody says so; ``error`` tells why."""
        self.state, self.error = FAILED, error

    def _refuse_running(self) -> None:
        if self.job:
            session.refresh(self.job, with_for_update=True)
        if self.job and self.job.state == jobs.RUNNING:
            raise Refused(_("It is being sent right now."))
