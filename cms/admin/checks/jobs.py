"""Whether anybody does the jobs, and whether they succeed."""

from datetime import timedelta

from flask import current_app, url_for
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _
from sqlalchemy import func, select

from cms.admin.checks.finding import Finding, in_config
from cms.admin.verdicts import GOOD, LOOK, MEND
from cms.db import session
from cms.jobs.jobs import beat
from cms.models import Job
from cms.models.base import now
from cms.models.job import FAILED, WAITING

LONGEST_WAIT = timedelta(minutes=5)


def check_jobs() -> Finding:
    title, silence, late = _("Jobs"), silence_of_workers(), lateness()
    if silence is None:
        return unmanned(_("No worker has been seen yet."))
    if late > LONGEST_WAIT:
        told = {"seen": format_timedelta(silence), "late": format_timedelta(late)}
        found = _(
            "A worker was last seen %(seen)s ago. What waits longest should have run %(late)s ago.", **told
        )
        return unmanned(found)
    failed = session.scalar(select(func.count()).select_from(Job).where(Job.state == FAILED))
    if failed:
        found = ngettext("%(num)s job has failed.", "%(num)s jobs have failed.", failed)
        advice = _("Each says why. Run it again once the cause is mended, or drop it.")
        link = (url_for("admin_jobs.index_view", state=FAILED), _("The jobs that failed"))
        return Finding(title, LOOK, found, advice, link=link)
    seen = format_timedelta(silence)
    return Finding(
        title, GOOD, _("A worker was seen %(time)s ago; nothing waits longer than it should.", time=seen)
    )


def unmanned(found: str) -> Finding:
    """Nobody does the jobs: how to get somebody."""
    if current_app.config["JOB_THREADS"]:
        advice = _("The server does jobs itself: start it again, and look into its log.")
        return Finding(_("Jobs"), MEND, found, advice)
    advice = _(
        "Mail, pictures and backups wait for a worker. Start one as a service, or let the server do jobs."
    )
    lines = (".venv/bin/flask jobs work", *in_config("JOB_THREADS=1"))
    return Finding(_("Jobs"), MEND, found, advice, lines)


def silence_of_workers() -> timedelta | None:
    """How long ago a worker was last seen; None where none ever was."""
    seen = session.scalar(select(Job.finished_at).where(Job.key == beat.kind))
    return now() - seen if seen else None


def lateness() -> timedelta:
    """By how much the oldest job that waits is late."""
    oldest = session.scalar(select(func.min(Job.run_at)).where(Job.state == WAITING))
    return max(now() - oldest, timedelta(0)) if oldest else timedelta(0)
