"""How a job is done: taken, run as if a request had come to the site's own address, and settled."""

import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from cms.db import session, unit_of_work
from cms.errors import Refused
from cms.jobs import claims
from cms.jobs.claims import Claim, GiveUp, LeaseLost, held, is_due
from cms.jobs.kinds import KINDS
from cms.models.base import now
from cms.models.job import Job

LOST = "The worker was lost while it did this, every time."
LONGEST_RUN = 6 * 3600  # seconds for which a lease is renewed
MOST_AT_ONCE = 100

_under_way: dict[Claim, float] = {}
_under_way_lock = Lock()


def run(number: int) -> bool:
    """Do the job ``number``, in an app context; False where it is not ours to do."""
    with unit_of_work():
        claim = claims.take(number)
    if claim is None:
        return False
    with under_way(claim), addressed_as_site():
        try:
            attempt(claim)
        except LeaseLost as lost:
            current_app.logger.warning("%s (%s) was taken over", lost, claim.kind_name)
    return True


def run_due(most: int = 10_000) -> int:
    """Do the jobs that are due or become due meanwhile, one after the other; how many they were."""
    done = 0
    while done < most and (numbers := due(min(most - done, MOST_AT_ONCE))):
        done += sum(run(number) for number in numbers)
    return done


def due(most: int) -> list[int]:
    """The numbers of jobs that may be taken, those that wait longest first."""
    numbers = list(session.scalars(select(Job.id).where(is_due()).order_by(Job.run_at).limit(most)))
    session.rollback()
    return numbers


def attempt(claim: Claim) -> None:
    """Do it, or write down why it did not work."""
    if claim.attempts > claim.kind.attempts:
        return settle_failed(claim, LOST, final=True)
    try:
        perform(claim)
    except LeaseLost:
        raise
    except (GiveUp, Refused) as error:
        settle_failed(claim, str(error), final=True)
    except BaseException as error:
        say_where(claim, error)
        settle_failed(claim, in_words(error), final=claim.attempts >= claim.kind.attempts)
        if isinstance(error, KeyboardInterrupt):
            raise


def perform(claim: Claim) -> None:
    if claim.kind_name not in KINDS:
        raise LookupError(f"this version of Broadside knows no job called {claim.kind_name}")
    if claim.kind.in_steps:
        claim.kind.function(**claim.arguments)
    with unit_of_work():
        if not claim.kind.in_steps:
            claim.kind.function(**claim.arguments)
        claims.finish(claim)


def settle_failed(claim: Claim, error: str, *, final: bool) -> None:
    with unit_of_work():
        (claims.fail if final else claims.postpone)(claim, error)


@contextmanager
def under_way(claim: Claim) -> Iterator[None]:
    """While the block runs, the job is held, and `hold_on` renews its lease."""
    token = held.set(claim)
    with _under_way_lock:
        _under_way[claim] = time.monotonic()
    try:
        yield
    finally:
        with _under_way_lock:
            del _under_way[claim]
        held.reset(token)


def hold_on() -> None:
    """Renew the leases of this process's jobs that have run for a while; of one that is stuck no more."""
    with _under_way_lock:
        ages = {claim: time.monotonic() - began for claim, began in _under_way.items()}
    for claim, age in ages.items():
        if claims.lease().total_seconds() / 4 < age < LONGEST_RUN:
            with unit_of_work():
                session.execute(claim.row.values(lease_until=now() + claims.lease()))


@contextmanager
def addressed_as_site() -> Iterator[None]:
    """As if a request had come to SITE_URL: addresses and language are the site's, nobody is signed in."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        yield


def in_words(error: BaseException) -> str:
    """What went wrong, without the values that a database's error quotes."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    first = (str(cause).splitlines() or [""])[0]
    return f"{type(cause).__name__}: {first}" if first else type(cause).__name__


def say_where(claim: Claim, error: BaseException) -> None:
    """Log where it happened; the error's own text may quote values."""
    places = "".join(traceback.format_tb(error.__traceback__)[-6:])
    message = "Job %s (%s), attempt %s: %s\n%s"
    current_app.logger.error(message, claim.id, claim.kind_name, claim.attempts, in_words(error), places)
