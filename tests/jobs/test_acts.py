"""What people do with jobs and mails: retry and drop them, and it is on record."""

import pytest

from cms.db import session
from cms.errors import Refused
from cms.mail import post
from cms.models import Event, Job, Mail
from tests.factories import make_user
from tests.jobs.conftest import break_down, note, refuse, seen


@pytest.fixture
def run(app):
    def run_command(*words: str):
        session.commit()
        return app.test_cli_runner().invoke(args=[str(word) for word in words])

    return run_command


def events(name: str) -> list[Event]:
    return session.query(Event).filter_by(name=name).all()


def test_a_failed_job_is_retried_and_that_is_on_record(put, work):
    alice, row = make_user("alice"), put(refuse)
    work()
    row.retry(by=alice)
    assert (row.state, row.attempts, row.error) == ("waiting", 0, "")
    assert [event.actor for event in events("job.retried")] == [alice]
    assert work() == 1


def test_a_job_is_dropped_and_that_is_on_record(put, work):
    alice, row = make_user("alice"), put(note, text="tide")
    row.drop(by=alice)
    assert work() == 0
    assert not session.query(Job).count()
    assert [event.actor for event in events("job.dropped")] == [alice]


@pytest.mark.parametrize("act", ["retry", "drop"])
def test_a_running_job_is_left_alone(put, act):
    row = put(note, text="tide")
    row.state = "running"
    with pytest.raises(Refused):
        getattr(row, act)(by=None)


def test_a_job_that_is_done_is_not_done_again(put, work):
    row = put(note, text="tide")
    work()
    with pytest.raises(Refused):
        row.retry(by=None)


def test_a_dropped_mail_takes_its_job_along_and_leaves_no_text_on_record(app, work):
    app.config["MAIL_SERVER"] = "127.0.0.1"
    mail = post(to="bob@example.org", subject="Hello", text="secret link")
    app.config["MAIL_SERVER"] = ""
    mail.drop(by=make_user("alice"))
    assert not session.query(Mail).count()
    assert not session.query(Job).count()
    assert "secret link" not in str(events("mail.dropped")[0].changes)


def test_the_commands_of_jobs(put, work, run):
    row = put(break_down, text="tide")
    work()
    assert "ValueError: no tide" in run("jobs", "list", "--state", "waiting", "--kind", "tests.break").output
    assert "tests.break" in run("jobs", "show", row.id).output
    assert run("jobs", "retry", row.id).output == f"Job {row.id} waits for a worker.\n"
    assert "1 done" in run("jobs", "run", "--once").output
    assert run("jobs", "drop", row.id).exit_code == 0
    assert run("jobs", "show", row.id).output == f"Error: There is no job {row.id}.\n"


def test_the_commands_of_mails(run):
    assert "is kept" in run("mails", "test", "bob@example.org").output
    number = session.query(Mail.id).scalar()
    assert "bob@example.org" in run("mails", "list", "--state", "kept").output
    assert "can send mail" in run("mails", "show", number).output
    assert "MAIL_SERVER" in run("mails", "retry", "--state", "kept").output
    assert run("mails", "drop", number).exit_code == 0
    assert run("mails", "test", "nobody").exit_code == 1


def test_jobs_run_does_what_is_due(put, run):
    put(note, text="tide")
    run("jobs", "run")
    assert ("tide", "broadside.test", "http://broadside.test/") in seen
