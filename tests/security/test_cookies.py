"""Cookies: readers of public pages get none, and those of members can't be used once they have signed out."""

import pytest

from cms.cli.setup import prepare
from cms.db import session
from cms.models import SignIn, User
from tests.apps import another_app
from tests.factories import make_user, send_form, sign_in_at


def stolen(client, other_client):
    """``other_client`` with a copy of the cookie of ``client``."""
    cookie = client.get_cookie("session", domain="broadside.test")
    other_client.set_cookie("session", cookie.value, domain="broadside.test")
    return other_client


def may_enter(client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_copied_cookie_dies_when_its_owner_signs_out(client, other_client, sign_in):
    sign_in("bob")
    assert may_enter(stolen(client, other_client))
    send_form(client, "/account/", post_to="/logout")
    assert not may_enter(other_client)


def test_a_copied_cookie_dies_when_the_password_changes(client, other_client, sign_in):
    sign_in("bob")
    thief = stolen(client, other_client)
    send_form(
        client,
        "/change",
        password="the tide comes in twice",
        new_password="nine herons on a mudbank",
        new_password_confirm="nine herons on a mudbank",
    )
    assert may_enter(client)
    assert not may_enter(thief)


@pytest.mark.parametrize("act", ["suspend", "end_sessions", "leave"])
def test_what_is_done_to_an_account_ends_its_sessions(client, sign_in, act):
    getattr(sign_in("bob"), act)(by=None)
    assert not may_enter(client)


def test_a_session_ends_when_its_time_is_over(client, sign_in):
    bob = sign_in("bob")
    sign_in_row = session.get(SignIn, bob.sign_ins[0].id)
    sign_in_row.expires_at = sign_in_row.created_at
    assert not may_enter(client)


def test_a_remembered_browser_stays_signed_in_for_the_days_set(client):
    make_user("bob")
    sign_in_at(client, "bob", remember="y")
    cookie = client.get_cookie("session", domain="broadside.test")
    assert cookie.expires is not None
    row = User.named("bob").sign_ins[0]
    assert (row.expires_at - row.created_at).days in (29, 30)


def test_signing_in_gives_a_new_session_row_and_no_second_cookie(client):
    make_user("bob")
    sign_in_at(client, "bob")
    assert client.get_cookie("session", domain="broadside.test").expires is None
    assert client.get_cookie("remember_token", domain="broadside.test") is None


def test_over_https_cookies_are_bound_to_this_host(tmp_path):
    with another_app(tmp_path, SITE_URL="https://broadside.test") as app:
        with app.app_context():
            prepare()
        answer = app.test_client().get("/login", base_url="https://broadside.test")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie
