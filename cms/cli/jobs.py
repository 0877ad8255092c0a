"""`flask jobs`: what waits, what failed, and a worker of its own."""

import json
import signal
from threading import Event

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from cms.db import session, unit_of_work
from cms.jobs import crew, run_due, sweep
from cms.models import Job
from cms.models.base import readable, recorded
from cms.models.job import DONE, FAILED, RUNNING, WAITING
from cms.models.listing import LARGEST_ID
from cms.say import refusals_said

NUMBER = click.IntRange(1, LARGEST_ID)
STATES = click.Choice([WAITING, RUNNING, DONE, FAILED])
SHOWN = ("id", "kind", "key", "arguments", "state", "run_at", "attempts", "lease_until", "worker", "error")
SHOWN += ("created_at", "finished_at")


@click.group()
def jobs() -> None:
    """Show, retry, drop and do jobs."""


def found(number: int) -> Job:
    job = session.get(Job, number)
    if job is None:
        raise click.ClickException(f"There is no job {number}.")
    return job


def text_only(_context, _option, value: str | None) -> str | None:
    """Refuse bytes that are no text, which no database can be asked for."""
    if value and value != readable(value):
        raise click.BadParameter("It holds bytes that are no text.")
    return value


@jobs.command("list")
@click.option("--state", type=STATES)
@click.option("--kind", callback=text_only, help="Only those of this kind, such as mail.deliver.")
@click.option(
    "--count", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many at most."
)
@with_appcontext
def list_jobs(state: str | None, kind: str | None, count: int) -> None:
    """Show the latest jobs."""
    given = {name: value for name, value in (("state", state), ("kind", kind)) if value}
    for job in session.scalars(select(Job).filter_by(**given).order_by(Job.id.desc()).limit(count)):
        click.echo(
            f"{job.id:>8}  {job.state:<8} {job.run_at:%Y-%m-%d %H:%M:%S}  {job.kind:<24} {job.error[:80]}"
        )


@jobs.command()
@click.argument("number", type=NUMBER)
@with_appcontext
def show(number: int) -> None:
    """Show all that is known of the job NUMBER."""
    job = found(number)
    for name in SHOWN:
        click.echo(f"{name:<12} {json.dumps(recorded(getattr(job, name)))}")


@jobs.command()
@click.argument("numbers", type=NUMBER, nargs=-1, required=True)
@with_appcontext
@refusals_said
def retry(numbers: tuple[int, ...]) -> None:
    """Have the jobs NUMBERS run again, now."""
    for number in numbers:
        with unit_of_work():
            found(number).retry(by=None)
        click.echo(f"Job {number} waits for a worker.")


@jobs.command()
@click.argument("numbers", type=NUMBER, nargs=-1, required=True)
@with_appcontext
@refusals_said
def drop(numbers: tuple[int, ...]) -> None:
    """Take the jobs NUMBERS away for good."""
    for number in numbers:
        with unit_of_work():
            found(number).drop(by=None)
        click.echo(f"Job {number} is gone.")


@jobs.command()
@click.option("--once", is_flag=True, help="Only the one that waits longest.")
@with_appcontext
def run(once: bool) -> None:
    """Do the jobs that are due, here and now, then stop."""
    sweep.plan_periodic()
    done = run_due(1) if once else run_due()
    click.echo(f"{done} done.")


@jobs.command()
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 64), help="Jobs at once.")
@with_appcontext
def work(threads: int) -> None:
    """Do jobs as they come, until this is stopped: a worker beside the server, or on a machine of its own."""
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    workers = crew.start(current_app._get_current_object(), threads)
    click.echo(f"{threads} threads wait for jobs.")
    stopped.wait()
    workers.stop()
