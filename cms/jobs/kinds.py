"""The kinds of jobs: functions that `job` has named."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cms.db import session
from cms.models.base import now
from cms.models.job import Job

ATTEMPTS = 8

KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """What a job's row names, and how it is done."""

    name: str
    function: Callable
    attempts: int
    in_steps: bool
    on_failure: Callable | None

    @property
    def period(self) -> timedelta | None:
        return getattr(self.function, "period", None)

    def next_turn(self) -> datetime:
        """The beginning of the next period; periods are counted from 1970 on, for all processes alike."""
        seconds = self.period.total_seconds()
        return datetime.fromtimestamp((now().timestamp() // seconds + 1) * seconds, now().tzinfo)


def job(
    name: str, *, attempts: int = ATTEMPTS, in_steps: bool = False, on_failure: Callable | None = None
) -> Callable:
    """Make a module-level function the kind of job called ``name``; its arguments are JSON's values.

    It runs in one transaction with the row that says it is done, so that what it writes is written once. One
    that is ``in_steps`` talks to the world: it opens each `unit_of_work` by itself and may be done again from
    the start. ``on_failure(error, **arguments)`` is called when no attempt is left, in the transaction that
    says so; ``error`` tells why in words.
    """

    def name_function(function: Callable) -> Callable:
        known = KINDS.get(name)
        if known and known.function.__module__ != function.__module__:
            raise ValueError(f"two kinds of jobs are called {name}")
        KINDS[name] = Kind(name, function, attempts, in_steps, on_failure)
        function.kind = name
        return function

    return name_function


def every(period: timedelta) -> Callable:
    """Beside `job`: do it once in each period, whatever the number of processes."""

    def set_period(function: Callable) -> Callable:
        function.period = period
        return function

    return set_period


def enqueue(function: Callable, *, at: datetime | None = None, **arguments) -> Job:
    """Have ``function`` done after this transaction, or from ``at`` on; not at all if it is rolled back.

    Raises TypeError for arguments that are not JSON's values.
    """
    json.dumps(arguments)
    row = Job(kind=function.kind, arguments=arguments, run_at=at or now())
    session.add(row)
    session.flush()
    return row
