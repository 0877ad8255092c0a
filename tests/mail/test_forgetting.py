"""When somebody leaves, nothing stays of what was mailed to them, or was to be."""

from cms.accounts.jobs import mail_link
from cms.db import session
from cms.jobs import enqueue
from cms.mail import post
from cms.models import Job, Mail
from tests.factories import make_user


def ask_for_link(email: str, state: str = "waiting") -> int:
    row = enqueue(mail_link, purpose="reset", email=email)
    row.state = state
    return row.id


def test_waiting_and_failed_jobs_that_name_them_go_however_the_address_was_typed(app):
    bob = make_user("bob")
    ask_for_link("bob@example.org"), ask_for_link("BOB@Example.org", "failed"), ask_for_link("no address @")
    others = {ask_for_link("rob@example.org"), ask_for_link("bob@example.org", "running")}
    bob.leave(by=bob)
    assert others <= {row.id for row in session.query(Job)}
    assert len(session.query(Job).filter_by(kind=mail_link.kind).all()) == 3


def test_mails_go_with_their_jobs_and_those_of_others_stay(write, settings):
    settings(MAIL_SERVER="127.0.0.1")
    bob = make_user("bob")
    write(), write(), write(to="eve@example.org")
    bob.leave(by=bob)
    assert [mail.to for mail in session.query(Mail)] == ["eve@example.org"]
    assert session.query(Job).count() == 1


def test_a_mail_that_is_being_sent_goes_out(write, settings):
    settings(MAIL_SERVER="127.0.0.1")
    mail = write()
    mail.mark_sending()
    mail.job.state = "running"
    Mail.forget("bob@example.org")
    assert (session.query(Mail).count(), session.query(Job).count()) == (1, 1)


def test_a_worker_that_has_just_taken_a_mail_keeps_its_job_and_finds_nothing_to_send(write, settings):
    settings(MAIL_SERVER="127.0.0.1")
    write().job.state = "running"
    Mail.forget("bob@example.org")
    assert (session.query(Mail).count(), session.query(Job).count()) == (0, 1)


def test_many_mails_take_no_more_statements_than_one(app, queries, settings):
    settings(MAIL_SERVER="127.0.0.1")
    counts = []
    for number in (1, 9):
        for _mail in range(number):
            post(to="bob@example.org", subject="Hello", text="Good day.")
        session.commit()
        queries.clear()
        Mail.forget("bob@example.org")
        counts.append(len(queries))
    assert counts[0] == counts[1]
