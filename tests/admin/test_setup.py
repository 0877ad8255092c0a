"""The set-up page: each check sees what it is for."""

from datetime import timedelta

import pytest

from cms.admin import checks
from cms.backups import record
from cms.jobs.jobs import beat
from cms.models.base import now
from tests.admin.conftest import make_job, make_mail
from tests.factories import hidden_field, mails_to, make_user, send_form

HERE = "http://broadside.test"
NOW, LONG_AGO = now(), now() - timedelta(hours=3)

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def in_a_request(app):
    with app.test_request_context(base_url=HERE):
        yield


def see_worker(at) -> None:
    make_job(
        kind=beat.kind, key=beat.kind, state="waiting", run_at=at + timedelta(minutes=10), finished_at=at
    )


def make_backup(folder, *, days: int = 0) -> None:
    (folder / "backup").write_bytes(b"1")
    at = now() - timedelta(days=days)
    record.write(record.Record(at.isoformat(), str(folder / "backup"), 1))


@pytest.mark.parametrize(
    ("check", "setting", "verdict"),
    [
        (checks.check_mail, {"MAIL_SERVER": ""}, checks.MEND),
        (checks.check_mail, {"MAIL_SERVER": "mail.example.org"}, checks.GOOD),
        (checks.check_address, {"SITE_URL": "http://127.0.0.1:8000"}, checks.LOOK),
        (checks.check_address, {"SITE_URL": "https://example.org"}, checks.GOOD),
        (checks.check_https, {"SITE_URL": "http://example.org"}, checks.MEND),
        (checks.check_https, {"SITE_URL": "http://192.168.1.7"}, checks.LOOK),
        (checks.check_https, {"SITE_URL": "https://example.org"}, checks.GOOD),
        (checks.check_proxy, {"SITE_URL": "https://example.org", "PROXY_HOPS": 0}, checks.LOOK),
        (checks.check_proxy, {"SITE_URL": "https://example.org", "PROXY_HOPS": 1}, checks.GOOD),
        (checks.check_secret, {"SECRET_KEY": "a" * 40}, checks.MEND),
        (checks.check_secret, {"SECRET_KEY": "0123456789abcdef0123456789abcdef"}, checks.GOOD),
        (checks.check_redis, {"REDIS_URL": "", "WORKERS": 2}, checks.LOOK),
        (checks.check_redis, {"REDIS_URL": "redis://127.0.0.1", "WORKERS": 2}, checks.GOOD),
    ],
)
def test_a_setting_is_judged(app, settings, check, setting, verdict):
    settings(**setting, TRUSTED_HOSTS=None)
    with app.test_request_context(base_url=setting.get("SITE_URL", HERE)):
        finding = check()
    assert finding.verdict == verdict
    assert bool(finding.advice) == (verdict != checks.GOOD)


def test_kept_mails_are_counted(settings):
    settings(MAIL_SERVER="")
    make_mail(), make_mail(), make_mail(state="sent")
    assert "2 mails are kept" in checks.check_mail().found


@pytest.mark.parametrize(
    ("site_url", "asked", "verdict"),
    [
        ("https://example.org", "https://example.org", checks.GOOD),
        ("https://example.org", "https://Example.ORG", checks.GOOD),
        ("https://example.org", "http://127.0.0.1:8000", checks.LOOK),
        ("http://127.0.0.1:8000", "https://example.org", checks.MEND),
    ],
)
def test_the_address_of_this_page_is_compared_with_the_sites_own(app, settings, site_url, asked, verdict):
    settings(SITE_URL=site_url, TRUSTED_HOSTS=None)
    with app.test_request_context(base_url=asked):
        assert checks.check_address().verdict == verdict


def test_a_server_in_front_that_nobody_believes_is_a_fault(app, settings):
    settings(PROXY_HOPS=0)
    with app.test_request_context(headers={"X-Forwarded-For": "203.0.113.9"}):
        assert checks.check_proxy().verdict == checks.MEND
        assert "PROXY_HOPS=1" in checks.check_proxy().lines


def test_a_job_that_waits_too_long_is_a_fault():
    see_worker(NOW)
    make_job(state="waiting", run_at=now() + timedelta(hours=1))
    assert checks.check_jobs().verdict == checks.GOOD
    make_job(state="waiting", run_at=now() - timedelta(hours=1))
    assert checks.check_jobs().verdict == checks.MEND


def test_a_worker_that_was_not_seen_for_long_is_a_fault(settings):
    assert "No worker has been seen yet" in checks.check_jobs().found
    see_worker(LONG_AGO)
    assert "last seen 3 hours ago" in checks.check_jobs().found
    settings(JOB_THREADS=0)
    assert ".venv/bin/flask jobs work" in checks.check_jobs().lines


def test_failed_jobs_are_worth_a_look():
    see_worker(NOW)
    make_job(state="failed")
    finding = checks.check_jobs()
    assert (finding.verdict, finding.link[0]) == (checks.LOOK, "/admin/jobs/?state=failed")


@pytest.mark.parametrize(("days", "verdict"), [(0, checks.GOOD), (4, checks.LOOK), (9, checks.MEND)])
def test_the_age_of_the_last_backup_is_told(tmp_path, days, verdict):
    make_backup(tmp_path, days=days)
    finding = checks.check_backups()
    assert finding.verdict == verdict
    assert str(tmp_path) in finding.found
    assert bool(finding.lines) == (verdict != checks.GOOD)


def test_a_backup_that_failed_or_is_gone_is_told(tmp_path):
    make_backup(tmp_path)
    (tmp_path / "backup").unlink()
    assert "That file is gone" in checks.check_backups().found
    record.note_failure("The disk is full.")
    assert checks.check_backups().verdict == checks.MEND
    assert "The disk is full." in checks.check_backups().found


def test_a_site_that_people_use_needs_a_backup(settings):
    record.path().unlink(missing_ok=True)
    assert checks.check_backups().verdict == checks.LOOK  # broadside.test is nobody's
    settings(SITE_URL="https://example.org")
    assert checks.check_backups().verdict == checks.MEND
    assert "crontab" in "".join(checks.check_backups().lines)


def test_a_test_mail_goes_to_who_asks_and_the_page_tells_of_it(client, sign_in, settings):
    settings(MAIL_SERVER="")
    alice = sign_in("alice")
    assert "Your last test mail" not in client.get("/admin/set-up/").text
    answer = send_form(client, "/admin/set-up/", post_to="/admin/set-up/test-mail/")
    assert answer.status_code == 303
    assert [mail.subject for mail in mails_to(alice.email)] == ["Broadside: test"]
    assert "it is kept here" in client.get("/admin/set-up/").text


def test_a_second_press_sends_no_second_test_mail(client, sign_in):
    alice = sign_in("alice")
    page = client.get("/admin/set-up/").text
    form = {name: hidden_field(page, name) for name in ("csrf_token", "form_key")}
    for _press in range(2):
        assert client.post("/admin/set-up/test-mail/", data=form).status_code == 303
    assert len(mails_to(alice.email)) == 1


def test_administrators_without_a_second_factor_are_named():
    alice = make_user("alice")
    assert "alice" in checks.check_admins().found
    alice.tf_primary_method = "authenticator"
    assert checks.check_admins().verdict == checks.GOOD


def test_no_secret_is_shown(client, sign_in, settings):
    settings(MAIL_PASSWORD="tell-nobody", MAIL_SERVER="mail.example.org", REDIS_URL="redis://:hush@127.0.0.1")
    sign_in("alice")
    page = client.get("/admin/set-up/").text
    assert "mail.example.org" in page
    assert "tell-nobody" not in page
    assert "hush" not in page
