"""What follows for a mail when somebody takes away the job that would send it."""

from cms import signals
from cms.db import session
from cms.models.job import WAITING, Job
from cms.models.mail import DELIVERY, SENDING, Mail
from cms.models.user import User

DROPPED = "Its job was dropped."


def connect() -> None:
    signals.job_dropped.connect(fail_with_its_job)


def fail_with_its_job(job: Job, *, by: User | None, **_more) -> None:
    """A mail that nothing would send any more is one that failed: it can be retried or dropped."""
    if job.kind != DELIVERY:
        return
    mail = session.get(Mail, job.arguments.get("mail_id"), populate_existing=True, with_for_update=True)
    if mail and mail.state in (WAITING, SENDING):
        mail.fail(DROPPED, by=by)
