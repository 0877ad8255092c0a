"""What leaves the site: one mail to one address, text and HTML, and nothing for what was rolled back."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest

from cms.db import session
from cms.errors import Refused
from cms.jobs import enqueue
from cms.mail import post, receipts, send
from cms.mail.jobs import deliver
from cms.mail.smtp import Letter
from cms.models import Job, Mail, Setting


def test_a_mail_has_a_text_then_html(office, work):
    send("mail/test", to="bob@example.org", subject="A test")
    work()
    text, html = office.taken[0].iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "Broadside can send mail." in text.get_content()
    assert "Broadside can send mail." in html.get_content()


def test_a_mail_says_whence_it_comes_and_that_a_machine_wrote_it(office, write, work):
    mail = write(to="bob@Example.ORG")
    work()
    sent = office.taken[0]
    assert sent["From"] == "Broadside <no-reply@broadside.test>"
    assert (sent["To"], sent["Subject"]) == ("bob@example.org", "Hello")
    assert sent["Message-ID"] == mail.message_id
    assert mail.message_id.endswith("@broadside.test>")
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Date"].datetime == mail.created_at.replace(microsecond=0)


@pytest.mark.parametrize("name", ["Größe, Gewicht & Co. " * 4, 'The "Lamp", <Society>', "灯" * 90])
def test_a_site_of_any_name_is_the_sender(office, write, work, name):
    Setting.change("name", name.strip(), by=None)
    write(subject=f"News of {name}"[:190])
    work()
    shown, address = parseaddr(message_from_bytes(office.taken[0].as_bytes())["From"].replace("\n", ""))
    assert (str(make_header(decode_header(shown))), address) == (name.strip(), "no-reply@broadside.test")
    assert office.taken[0]["Subject"].strip() == f"News of {name}"[:190].strip()


@pytest.mark.parametrize(
    ("setting", "name"), [("Lamps, Größe <post@example.org>", "Lamps, Größe"), ("post@example.org", "")]
)
def test_the_sender_may_be_set(app, office, write, work, monkeypatch, setting, name):
    monkeypatch.setitem(app.config, "MAIL_SENDER", setting)
    write()
    work()
    sender = office.taken[0]["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == (name, "post@example.org")


def test_long_and_foreign_lines_arrive_as_they_were(office, write, work):
    text = "Žluťoučký kůň. " * 200 + "\n.\n..dots\nFrom here on\n"
    write(text=text)
    work()
    assert office.taken[0].get_content().replace("\r\n", "\n") == text


def test_a_mail_that_was_sent_keeps_no_text(office, write, work):
    mail = write(text="secret", html="<p>secret</p>")
    work()
    assert (mail.state, mail.text, mail.html) == ("sent", "", "")
    assert mail.sent_at
    assert mail.job.state == "done"


def test_what_is_rolled_back_mails_nothing(office, work):
    post(to="bob@example.org", subject="Hello", text="Good day.")
    session.rollback()
    work()
    assert not office.taken
    assert not session.query(Mail).count()
    assert not session.query(Job).count()


def test_without_a_mail_server_mails_are_kept_until_there_is_one(app, write, request):
    mail = write()
    assert (mail.state, mail.job, mail.text) == ("kept", None, "Good day.\n")
    with pytest.raises(Refused):
        mail.retry(by=None)
    office, work = request.getfixturevalue("office"), request.getfixturevalue("work")
    mail.retry(by=None)
    work()
    assert office.ids == [mail.message_id]


def test_a_mail_is_kept_when_the_server_is_taken_away(app, office, write, work, monkeypatch):
    mail = write()
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    work()
    assert (mail.state, mail.text) == ("kept", "Good day.\n")


def test_a_mail_is_sent_once_however_often_its_job_runs(office, write, work):
    mail = write()
    work()
    enqueue(deliver, mail_id=mail.id)
    work()
    assert office.ids == [mail.message_id]


def test_a_mail_that_the_server_took_before_its_worker_died_is_not_sent_again(office, write, work):
    mail = write()
    receipts.leave(receipts.path_of(mail))
    work()
    assert (office.begun, mail.state, mail.text) == (0, "sent", "")
    assert not receipts.path_of(mail).exists()


def test_a_worker_that_lost_the_mail_to_another_sends_nothing(office, write, work, monkeypatch):
    def lose_it(_letter: Letter) -> bytes:
        session.query(Job).update({"worker": "another"})
        session.commit()
        return b"Subject: Hello"

    mail = write()
    monkeypatch.setattr(Letter, "data", lose_it)
    work()
    assert office.begun == 0
    assert mail.job.state == "running"


def test_a_domain_beyond_ascii_is_written_in_punycode(office, write, work):
    write(to="bob@bücher.example")
    work()
    assert office.taken[0]["To"].addresses[0].domain == "xn--bcher-kva.example"


def test_a_name_beyond_ascii_is_written_as_it_is(office, write, work):
    write(to="jürgen@bücher.example")
    work()
    assert office.taken[0]["To"] == "jürgen@xn--bcher-kva.example"


@pytest.mark.parametrize("address", ["bob", "bob@x.org, eve@x.org", "Bob <bob@x.org>", "bob@x.org\nBcc: a"])
def test_what_is_not_one_address_is_refused(write, address):
    with pytest.raises(Refused):
        write(to=address)


def test_an_endless_subject_is_cut(write):
    assert len(write(subject="x" * 500).subject) == 200
