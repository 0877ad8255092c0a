"""What needs somebody's attention: a number, what it counts, and where to look."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func, select

from cms.admin.checks import CHECKS, MEND
from cms.admin.mine import MOST_COUNTED
from cms.db import session
from cms.models import Job, Mail, User
from cms.models.role import can


@dataclass(frozen=True)
class Need:
    count: int
    what: str
    url: str


def what_needs(user: User) -> list[Need]:
    """What is waiting for ``user``: only what they may open, and only where there is any."""
    found = (need for act, needs in NEEDS if can(user, act) for need in needs())
    return [need for need in found if need.count]


def of_jobs() -> Iterator[Need]:
    failed = number(Job, Job.state == "failed")
    url = url_for("admin_jobs.index_view", state="failed")
    yield Need(failed, ngettext("failed job", "failed jobs", failed), url)


def of_mail() -> Iterator[Need]:
    failed, kept = number(Mail, Mail.state == "failed"), number(Mail, Mail.state == "kept")
    list_of = "admin_outbox.index_view"
    yield Need(
        failed, ngettext("mail that failed", "mails that failed", failed), url_for(list_of, state="failed")
    )
    yield Need(kept, ngettext("mail kept here", "mails kept here", kept), url_for(list_of, state="kept"))


def of_setup() -> Iterator[Need]:
    faults = sum(check().verdict == MEND for check in CHECKS)
    yield Need(
        faults, ngettext("fault in the set-up", "faults in the set-up", faults), url_for("admin_setup.index")
    )


def number(model: type, condition: ColumnElement[bool]) -> int:
    """How many rows meet the condition, but at most one more than `MOST_COUNTED`."""
    found = select(model.id).where(condition).limit(MOST_COUNTED + 1)
    return session.scalar(select(func.count()).select_from(found.subquery()))


NEEDS: tuple[tuple[str, Callable[[], Iterator[Need]]], ...] = (
    ("manage jobs", of_jobs),
    ("see mail", of_mail),
    ("see set-up", of_setup),
)
