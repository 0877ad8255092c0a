"""Outbox, jobs and activity in the back office."""

from cms.db import session
from cms.models import Event, Job, Mail, Permission, Role
from tests.admin.conftest import make_job, make_mail
from tests.factories import make_post, make_user, send_form, token_of

NEW = "/admin/users/new/"


def test_a_failed_job_is_run_again(client, alice):
    job = make_job(attempts=8)
    page = f"/admin/jobs/{job.id}/"
    assert "It broke." in client.get(page).text
    assert send_form(client, page, post_to=f"{page}retry/").location == page
    session.refresh(job)
    assert (job.state, job.attempts) == ("waiting", 0)
    assert session.query(Event).filter_by(name="job.retried", actor_id=alice.id).count() == 1


def test_what_can_not_be_done_is_told_on_the_page(client, alice):
    job = make_job()
    page = f"/admin/jobs/{job.id}/"
    token = token_of(client, page)
    job.state = "running"
    answer = client.post(f"{page}retry/", data={"csrf_token": token})
    assert answer.status_code == 422
    assert "It is running right now." in answer.text


def test_dropping_a_job_asks_first(client, alice):
    job = make_job()
    address = f"/admin/jobs/{job.id}/delete/"
    assert "Drop this job?" in client.get(address).text
    assert session.get(Job, job.id)
    assert send_form(client, address).location == "/admin/jobs/"
    session.expire_all()
    assert session.query(Job).filter_by(kind="test.work").count() == 0


def test_a_kept_mail_is_read_as_text_and_never_as_html(client, alice):
    mail = make_mail(subject="<b>Hello</b>", text="Follow <this>", html="<script>alert(1)</script>")
    page = client.get(f"/admin/outbox/{mail.id}/").text
    assert "Follow &lt;this&gt;" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>Hello" not in page


def test_a_failed_mail_is_sent_again_where_there_is_a_server(client, alice, settings):
    mail = make_mail(state="failed", error="550 No such user")
    page = f"/admin/outbox/{mail.id}/"
    assert client.post(f"{page}retry/", data={"csrf_token": token_of(client, NEW)}).status_code == 422
    settings(MAIL_SERVER="mail.example.org")
    assert send_form(client, page, post_to=f"{page}retry/").status_code == 303
    session.refresh(mail)
    assert mail.state == "waiting"


def test_dropping_a_mail_asks_first(client, alice):
    mail = make_mail()
    address = f"/admin/outbox/{mail.id}/delete/"
    assert "Your link" in client.get(address).text
    send_form(client, address)
    session.expire_all()
    assert session.query(Mail).count() == 0


def test_activity_tells_who_did_what_to_what(client, alice):
    post = make_post(title="The lamp rota")
    post.revise(by=alice, summary="Who lights which lamp.")
    page = client.get("/admin/activity/?kind=entry.revised&search=alice").text
    assert "The lamp rota" in page
    event = session.query(Event).filter_by(name="entry.revised").one()
    assert "Who lights which lamp." in client.get(f"/admin/activity/{event.id}/").text
    assert "The lamp rota" not in client.get("/admin/activity/?kind=entry.revised&search=bob").text


def test_activity_of_things_that_are_gone_is_still_told(client, alice):
    role = Role.make("Treasurer", by=alice)
    Permission.set(role, "see mail", True, by=alice)
    role.remove(by=alice)
    page = client.get("/admin/activity/?search=alice").text
    assert "Role removed" in page
    assert "Permission changed" in page


def test_the_home_page_counts_what_needs_somebody(client, alice):
    make_job(), make_job(), make_mail(state="failed"), make_mail()
    page = client.get("/admin/").text
    assert "failed jobs" in page
    assert "mail that failed" in page
    assert "mail kept here" in page


def test_the_home_page_shows_nobody_what_they_may_not_open(client, sign_in):
    make_job(), make_mail(), make_user("newcomer")
    sign_in("eve")
    page = client.get("/admin/").text
    assert "Nothing. All is well." in page
    assert "newcomer" not in page
