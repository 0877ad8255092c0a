"""After a commit: tell the queue which jobs it brought."""

from flask import current_app, has_app_context
from sqlalchemy.orm import Session

from cms.models.job import Job

MOST_WOKEN = 100  # of one transaction; the sweep finds the others


def collect(writing: Session, _context) -> None:
    for row in (*writing.new, *writing.dirty):
        if isinstance(row, Job) and row.is_due:
            writing.info.setdefault("jobs", set()).add(row.id)


def wake(writing: Session) -> None:
    if writing.in_nested_transaction():
        return
    numbers = writing.info.pop("jobs", None)
    if numbers and has_app_context() and "jobs" in current_app.extensions:
        current_app.extensions["jobs"].push(sorted(numbers)[:MOST_WOKEN])


def forget(writing: Session) -> None:
    if not writing.in_nested_transaction():
        writing.info.pop("jobs", None)


LISTENERS = {"after_flush": collect, "after_commit": wake, "after_rollback": forget}
