"""A job is done once, with what it writes, or not at all."""

from datetime import timedelta

import pytest

from cms.db import session
from cms.jobs import claims, enqueue
from cms.jobs.kinds import job
from cms.jobs.working import LOST
from cms.models import Job
from cms.models.base import now
from tests.factories import soon
from tests.jobs.conftest import break_down, come_to, despair, lose, note, redirects, refuse, seen


def test_a_job_is_done_once(put, work):
    row = put(note, text="tide")
    assert (work(), work()) == (1, 0)
    assert (row.state, row.attempts, row.error) == ("done", 1, "")
    assert row.finished_at
    assert redirects() == ["tide"]


def test_a_job_that_is_done_forgets_what_it_was_given_and_one_that_failed_does_not(put, work):
    done, failed = put(note, text="bob@example.org"), put(despair, number=7)
    work()
    assert (done.state, done.arguments) == ("done", {})
    assert (failed.state, failed.arguments) == ("failed", {"number": 7})


def test_a_job_knows_the_sites_address(put, work):
    put(note, text="tide")
    work()
    assert seen == [("tide", "broadside.test", "http://broadside.test/")]


def test_what_is_rolled_back_enqueues_nothing(app, work):
    enqueue(note, text="tide")
    session.rollback()
    assert work() == 0


def test_a_job_for_later_waits(put, work):
    row = put(note, text="tide", at=soon(hours=1))
    assert work() == 0
    come_to(row)
    assert work() == 1


def test_arguments_are_what_json_can_hold(app):
    with pytest.raises(TypeError):
        enqueue(note, text=object())


def test_a_job_that_breaks_writes_nothing_and_is_tried_again_later(put, work):
    row = put(break_down, text="tide")
    work()
    assert redirects() == []
    assert (row.state, row.attempts, row.error) == ("waiting", 1, "ValueError: no tide")
    assert timedelta(seconds=40) < row.run_at - now() < timedelta(seconds=80)


def test_a_job_fails_when_no_attempt_is_left(put, work):
    row = put(break_down, text="tide")
    for _attempt in range(3):
        come_to(row)
        work()
    assert (row.state, row.attempts, row.error) == ("failed", 3, "ValueError: no tide")
    assert work() == 0


def test_the_delay_grows_to_some_hours(app):
    minutes = [(claims.later(attempt) - now()).total_seconds() / 60 for attempt in (1, 2, 5, 9, 500)]
    for delay, wanted in zip(minutes, (1, 2, 16, 240, 240), strict=True):
        assert 0.79 * wanted < delay < 1.21 * wanted


def test_what_a_rule_refuses_is_not_tried_again(put, work):
    row = put(refuse)
    work()
    assert (row.state, row.error) == ("failed", "It is against the rules.")


def test_a_kind_is_told_that_its_job_failed(put, work):
    put(despair, number=7)
    work()
    assert seen == [("There is no hope.", {"number": 7})]


def test_a_kind_that_nobody_knows_waits_for_the_next_version(app, work):
    session.add(Job(kind="tests.unknown", arguments={"x": 1}))
    work()
    row = session.query(Job).one()
    assert row.state == "waiting"
    assert "tests.unknown" in row.error


def test_two_kinds_of_one_name_are_a_mistake(app):
    with pytest.raises(ValueError, match="mail.deliver"):
        job("mail.deliver")(lambda: None)


def test_whoever_lost_the_lease_writes_nothing(put, work):
    row = put(lose, text="tide")
    work()
    assert redirects() == []
    assert row.state == "running"  # the other one's business


def test_a_job_that_one_worker_holds_no_other_takes(put):
    row = put(note, text="tide")
    assert claims.take(row.id)
    assert claims.take(row.id) is None


@pytest.mark.parametrize("state", ["done", "failed"])
def test_a_job_that_is_settled_nobody_takes(put, state):
    row = put(note, text="tide")
    row.state = state
    assert claims.take(row.id) is None


def test_only_what_is_committed_wakes_a_worker(app, put, monkeypatch):
    woken = []
    monkeypatch.setattr(app.extensions["jobs"], "push", woken.append)
    enqueue(note, text="rolled back")
    session.rollback()
    put(note, text="later", at=soon(hours=1))
    row = put(note, text="now")
    assert woken == [[row.id]]


def test_the_job_of_a_lost_worker_is_taken_over_when_its_lease_ends(put, work):
    row = put(note, text="tide")
    row.state, row.worker, row.attempts, row.lease_until = "running", "dead", 1, soon(seconds=30)
    assert work() == 0
    row.lease_until = soon(seconds=-1)
    assert work() == 1
    assert (row.state, row.attempts) == ("done", 2)


def test_a_job_that_loses_every_worker_is_given_up(put, work):
    row = put(break_down, text="tide")
    row.state, row.worker, row.attempts, row.lease_until = "running", "dead", 3, soon(seconds=-1)
    work()
    assert (row.state, row.error) == ("failed", LOST)


def test_a_failure_quotes_no_value_of_a_statement(put, work, monkeypatch, caplog):
    def insert_twice(text: str) -> None:
        for _time in range(2):
            session.add(Job(kind="x", key="the same", arguments={"secret": text}))
            session.flush()

    kind = claims.KINDS["tests.note"]
    monkeypatch.setitem(claims.KINDS, "tests.note", type(kind)("tests.note", insert_twice, 8, False, None))
    row = put(note, text="hunter2")
    work()
    assert "IntegrityError" in row.error or "UniqueViolation" in row.error
    assert "hunter2" not in row.error + caplog.text
