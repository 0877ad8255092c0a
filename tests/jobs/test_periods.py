"""What is done every so often is done once in each period, whatever the number of processes."""

from datetime import timedelta

import pytest

from cms.db import session
from cms.jobs.sweep import plan_periodic
from cms.models import Job
from cms.models.base import now
from tests.factories import soon
from tests.jobs.conftest import come_to, hourly, note, refuse, seen


@pytest.fixture
def row(app) -> Job:
    plan_periodic()
    plan_periodic()
    return session.query(Job).filter_by(key=hourly.kind).one()


def test_it_is_done_once_in_a_period(row, work):
    work()
    work()
    assert seen.count("hourly") == 1
    assert row.state == "waiting"
    assert now() < row.run_at <= soon(hours=1)
    assert row.run_at.timestamp() % 3600 == 0


def test_it_is_done_again_in_the_next(row, work):
    work()
    come_to(row)
    work()
    assert seen.count("hourly") == 2


def test_one_that_failed_gets_its_next_turn(row, work):
    seen.append("hourly is broken")
    work()
    assert (row.state, row.error) == ("failed", "ValueError: broken")
    seen.clear()
    plan_periodic()
    assert work() == 0
    come_to(row)
    plan_periodic()
    work()
    assert (seen, row.state, row.error) == (["hourly"], "waiting", "")


def test_jobs_that_were_done_long_ago_are_forgotten(app, put, work):
    old, new = put(note, text="old"), put(note, text="new")
    work()
    old.finished_at = now() - timedelta(days=8)
    session.commit()
    plan_periodic()
    work()
    assert session.query(Job).filter_by(kind=note.kind).all() == [new]


def test_jobs_that_failed_long_ago_stay_until_somebody_drops_them(put, work):
    row = put(refuse)
    work()
    row.finished_at = now() - timedelta(days=400)
    session.commit()
    plan_periodic()
    work()
    assert session.query(Job).filter_by(kind=refuse.kind).all() == [row]
