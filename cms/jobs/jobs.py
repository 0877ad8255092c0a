"""The jobs that keep the list of jobs short."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import delete

from cms.db import session
from cms.jobs.kinds import every, job
from cms.models.base import now
from cms.models.job import DONE, Job

BEAT = timedelta(minutes=10)


@every(BEAT)
@job("jobs.beat")
def beat() -> None:
    """Nothing: its row tells when a worker was last there."""


@every(timedelta(hours=6))
@job("jobs.forget")
def forget_done() -> None:
    """Forget the jobs that were done some days ago; those that failed stay until somebody drops them."""
    oldest = now() - timedelta(days=current_app.config["JOB_KEEP_DAYS"])
    session.execute(delete(Job).where(Job.state == DONE, Job.finished_at < oldest))
