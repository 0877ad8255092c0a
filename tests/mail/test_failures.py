"""What happens when the mail server says no, breaks off, or is not there."""

import smtplib

import pytest

from cms.db import session
from cms.mail import failures
from cms.mail.jobs import ATTEMPTS
from cms.models import Event
from tests.mail.conftest import use_server
from tests.mail.server import free_port, open_office


def answer_once(answer: str):
    return lambda number: answer if number == 1 else None


@pytest.mark.parametrize("answer", ["451 Come back later", "hang up", "421 Shutting down"])
def test_a_mail_that_was_not_taken_is_sent_later(office, write, work, eventually, answer):
    office.at_data = answer_once(answer)
    mail = write()
    work()
    assert (mail.state, mail.attempts, mail.job.state) == ("waiting", 1, "waiting")
    assert mail.error.startswith("The mail server")
    assert eventually(work)
    assert office.ids == [mail.message_id]
    assert (mail.state, mail.error) == ("sent", "")


def test_a_server_that_is_not_there_is_waited_for(app, office, write, work, eventually, monkeypatch):
    mail = write()
    use_server(app, free_port(), monkeypatch)
    work()
    assert mail.error == "Nothing answers at the mail server's address: see MAIL_SERVER and MAIL_PORT."
    use_server(app, office.port, monkeypatch)
    assert eventually(work)
    assert office.ids == [mail.message_id]


def test_a_recipient_that_does_not_exist_fails_at_once_and_says_why(office, write, work):
    office.at_rcpt = lambda number: "550 No such user\x07 here"
    mail = write()
    work()
    assert (mail.state, mail.job.state, mail.attempts) == ("failed", "failed", 1)
    assert mail.error == "The mail server refused the recipient: 550 No such user here"
    assert mail.text
    assert session.query(Event).filter_by(name="mail.failed", subject_id=str(mail.id)).one()


def test_a_mail_that_failed_is_sent_when_somebody_retries_it(office, write, work):
    office.at_rcpt = answer_once("550 No")
    office.begun = 1
    mail = write()
    work()
    office.at_rcpt = lambda number: None
    mail.retry(by=None)
    work()
    assert (mail.state, office.ids) == ("sent", [mail.message_id])


def test_a_mail_fails_when_no_attempt_is_left(office, write, work):
    office.at_data = lambda number: "451 Never"
    mail = write()
    mail.job.attempts = ATTEMPTS - 1
    work()
    assert (mail.state, mail.job.state) == ("failed", "failed")
    assert "451 Never" in mail.error


def test_a_slow_server_is_given_up_after_the_timeout(app, office, write, work, monkeypatch):
    monkeypatch.setattr(app.extensions["mailman"], "timeout", 0.2)
    office.at_data = lambda number: 2.0
    mail = write()
    work()
    assert mail.state == "waiting"
    assert not office.taken


def test_an_address_that_the_server_can_not_take_says_so(app, write, work, monkeypatch):
    with open_office(enable_SMTPUTF8=False) as office:
        use_server(app, office.port, monkeypatch)
        mail = write(to="jürgen@example.org")
        work()
    assert (mail.state, office.taken) == ("failed", [])
    assert "letters beyond ASCII" in mail.error


def test_no_secret_stands_in_a_failure():
    error = smtplib.SMTPAuthenticationError(535, b"bad password hunter2")
    assert failures.in_words(error) == "The mail server refused our user name or password: 535."
    assert not failures.is_final(error)
