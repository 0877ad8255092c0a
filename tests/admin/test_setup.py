"""The set-up page: each check sees what it is for."""

from datetime import timedelta

import pytest

from cms.admin import checks
from cms.models.base import now
from tests.admin.conftest import make_job, make_mail
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def in_a_request(app):
    with app.test_request_context():
        yield


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
def test_a_setting_is_judged(settings, check, setting, verdict):
    settings(**setting)
    finding = check()
    assert finding.verdict == verdict
    assert bool(finding.advice) == (verdict != checks.GOOD)


def test_kept_mails_are_counted(settings):
    settings(MAIL_SERVER="")
    make_mail(), make_mail(), make_mail(state="sent")
    assert "2 mails are kept" in checks.check_mail().found


def test_a_job_that_waits_too_long_is_a_fault():
    make_job(state="waiting", run_at=now() + timedelta(hours=1))
    assert checks.check_jobs().verdict == checks.GOOD
    make_job(state="waiting", run_at=now() - timedelta(hours=1))
    assert checks.check_jobs().verdict == checks.MEND


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
