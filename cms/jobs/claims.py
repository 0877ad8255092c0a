"""Who holds a job: it is taken with a lease, in one statement, and only its holder may say how it went."""

import os
import random
import secrets
import socket
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Update, and_, or_, update

from cms.db import session
from cms.jobs.kinds import KINDS, Kind
from cms.models.base import now
from cms.models.job import DONE, FAILED, LONGEST_ERROR, RUNNING, WAITING, Job

LONGEST_DELAY = timedelta(hours=4)
UNKNOWN_KIND = Kind("", lambda **arguments: None, attempts=12, in_steps=True, on_failure=None)

held: ContextVar["Claim"] = ContextVar("held")


class LeaseLost(Exception):  # noqa: N818 (nothing is wrong with the job)
    """Somebody else has taken the job over, or it was taken away: what this worker did is rolled back."""


class GiveUp(Exception):  # noqa: N818 (it is an answer)
    """Raised by a job that will never succeed; its message says why in words."""


@dataclass(frozen=True, eq=False)
class Claim:
    """A job that this worker holds, as it was when it was taken."""

    id: int
    worker: str
    kind_name: str
    arguments: dict[str, Any]
    attempts: int

    @property
    def kind(self) -> Kind:
        return KINDS.get(self.kind_name, UNKNOWN_KIND)

    @property
    def row(self) -> Update:
        """An UPDATE that reaches the row only while it is held."""
        mine = (Job.id == self.id, Job.worker == self.worker, Job.state == RUNNING)
        return update(Job).where(*mine).execution_options(synchronize_session=False)


def lease() -> timedelta:
    return timedelta(seconds=current_app.config["JOB_LEASE"])


def is_due():
    """The condition under which a worker may take a job: its moment has come, or its holder was lost."""
    moment = now()
    return or_(
        and_(Job.state == WAITING, Job.run_at <= moment),
        and_(Job.state == RUNNING, Job.lease_until <= moment),
    )


def take(number: int) -> Claim | None:
    """Hold the job ``number``; None where it is not due or another worker was faster."""
    worker = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(6)}"
    statement = (
        update(Job)
        .where(Job.id == number, is_due())
        .values(state=RUNNING, worker=worker, lease_until=now() + lease(), attempts=Job.attempts + 1)
        .returning(Job.kind, Job.arguments, Job.attempts)
        .execution_options(synchronize_session=False)
    )
    found = session.execute(statement).one_or_none()
    return found and Claim(number, worker, found.kind, found.arguments, found.attempts)


def renew() -> None:
    """Inside a job that is done in steps: hold it for another while; raises `LeaseLost` if it is not ours."""
    settle(held.get(), lease_until=now() + lease())


def settle(claim: Claim, **values) -> None:
    """Write ``values`` into the row of a job that is held; raises `LeaseLost` if it is not any more."""
    if session.execute(claim.row.values(**values)).rowcount != 1:
        raise LeaseLost(f"job {claim.id}")


def finish(claim: Claim) -> None:
    """It is done, and forgets what it was given; a periodic one waits for its next turn."""
    free = {"lease_until": None, "finished_at": now(), "error": ""}
    if claim.kind.period:
        settle(claim, state=WAITING, run_at=claim.kind.next_turn(), attempts=0, **free)
    else:
        settle(claim, state=DONE, arguments={}, **free)


def postpone(claim: Claim, error: str) -> None:
    """Try it again later: after a minute, two, four and so on, by `JOB_RETRY`."""
    settle(claim, state=WAITING, run_at=later(claim.attempts), lease_until=None, error=error[:LONGEST_ERROR])


def later(attempts: int) -> datetime:
    """When to try again: the delay doubles, up to some hours, and a fifth of it is left to chance."""
    first = timedelta(seconds=current_app.config["JOB_RETRY"])
    delay = min(first * 2 ** min(attempts - 1, 20), LONGEST_DELAY)
    return now() + delay * random.uniform(0.8, 1.2)  # noqa: S311 (no secret)


def fail(claim: Claim, error: str) -> None:
    """No attempt is left: it stays until somebody retries or drops it; a periodic one until its next turn."""
    values = {"run_at": claim.kind.next_turn()} if claim.kind.period else {}
    error = error[:LONGEST_ERROR]
    settle(claim, state=FAILED, lease_until=None, finished_at=now(), error=error, **values)
    if claim.kind.on_failure:
        claim.kind.on_failure(error, **claim.arguments)
