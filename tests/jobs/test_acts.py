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


def test_a_mail_whose_job_is_dropped_has_failed_and_can_be_retried(app, settings):
    settings(MAIL_SERVER="127.0.0.1")
    alice, mail = make_user("alice"), post(to="bob@example.org", subject="Hello", text="Good day.")
    mail.job.drop(by=alice)
    session.commit()
    assert (mail.state, mail.error, mail.job) == ("failed", "Its job was dropped.", None)
    assert [event.actor for event in events("mail.failed")] == [alice]
    mail.retry(by=alice)
    assert (mail.state, mail.job.arguments) == ("waiting", {"mail_id": mail.id})


def test_a_mail_that_was_sent_stays_so_when_its_job_is_dropped(app, settings):
    settings(MAIL_SERVER="127.0.0.1")
    mail = post(to="bob@example.org", subject="Hello", text="Good day.")
    mail.mark_sent()
    mail.job.drop(by=None)
    assert mail.state == "sent"


def test_the_record_of_events_quotes_neither_an_error_nor_what_a_job_was_given(put):
    row = put(note, text="bob@example.org")
    row.state, row.error = "failed", "bob@example.org is no address"
    row.retry(by=None)
    row.drop(by=None)
    assert len(events("job.retried") + events("job.dropped")) == 2
    assert "bob@" not in str([event.changes for event in session.query(Event)])


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


@pytest.mark.parametrize("number", ["0", "-1", "2147483648", "9" * 20])
@pytest.mark.parametrize("act", ["show", "retry", "drop"])
@pytest.mark.parametrize("command", ["jobs", "mails"])
def test_a_number_that_no_row_can_have_is_refused(run, command, act, number):
    answer = run(command, act, "--", number)
    assert (answer.exit_code, "is not in the range" in answer.output) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("mails", "test", "bob\udcff@x.org"),
        ("mails", "test", "bob@\udcff.org"),
        ("jobs", "list", "--kind", "\udcff"),
    ],
)
def test_bytes_that_are_no_text_are_refused_in_words(run, words):
    answer = run(*words)
    assert isinstance(answer.exception, SystemExit)
    assert answer.output.splitlines()[-1].startswith("Error: ")


def test_jobs_run_does_what_is_due(put, run):
    put(note, text="tide")
    run("jobs", "run")
    assert ("tide", "broadside.test", "http://broadside.test/") in seen
