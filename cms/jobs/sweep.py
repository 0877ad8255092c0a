"""The look over all jobs that finds what the queue has lost."""

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from cms.db import session, unit_of_work
from cms.jobs.kinds import KINDS
from cms.jobs.queue import LazyQueue
from cms.jobs.working import MOST_AT_ONCE, due
from cms.models.base import now
from cms.models.job import FAILED, WAITING, Job


def push_due(queue: LazyQueue) -> None:
    """Put into an empty queue what is due: waiting jobs, and those of lost workers."""
    if (numbers := due(MOST_AT_ONCE)) and queue.is_empty():
        queue.push(numbers)


def plan_periodic() -> None:
    """See to it that each periodic kind has its one row, and that one that failed gets its next turn."""
    rows = session.execute(select(Job.key, Job.state, Job.run_at).where(Job.key.is_not(None))).all()
    session.rollback()
    missing = {name for name, kind in KINDS.items() if kind.period} - {row.key for row in rows}
    rested = [row.key for row in rows if row.state == FAILED and row.run_at <= now()]
    if missing or rested:
        with unit_of_work():
            plan(missing, rested)


def plan(missing: set[str], rested: list[str]) -> None:
    insert = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name].insert
    for name in sorted(missing):
        row = {"kind": name, "key": name, "arguments": {}}
        session.execute(insert(Job).values(row).on_conflict_do_nothing(index_elements=[Job.key]))
    failed = update(Job).where(Job.key.in_(rested), Job.state == FAILED, Job.run_at <= now())
    session.execute(
        failed.values(state=WAITING, attempts=0), execution_options={"synchronize_session": False}
    )
