"""Two-step sign-in: the password, then a code from an app."""

import pytest
from flask import current_app
from sqlalchemy import delete, select

from cms.accounts import second_step
from cms.db import session
from cms.models import Event, Setting, SignIn
from tests.accounts.authenticators import (
    Phone,
    grow_stale,
    is_signed_in,
    send_code,
    set_up_phone,
    sign_out,
)
from tests.factories import (
    hidden_field,
    link_in,
    mails_to,
    make_user,
    send_form,
    sign_in_at,
    sign_in_of,
    token_of,
)


@pytest.fixture
def bob(client, sign_in):
    return sign_in("bob")


@pytest.fixture
def phone(client, bob) -> Phone:
    """Bob's, who signed out after he had set it up."""
    phone, _codes = set_up_phone(client)
    sign_out(client)
    return phone


def events(name: str) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.name == name)))


def test_setting_up_shows_a_picture_and_the_key_as_text(client, bob):
    Setting.change("name", "The Ferry: a site", by=None)
    page = send_form(client, "/tf-setup", setup="authenticator").text
    assert '<img class="qr" src="data:image/svg+xml;base64,' in page
    uri = current_app.extensions["security"].totp_factory.get_totp_uri("a:b", Phone(page).totp.to_json())
    assert uri.startswith("otpauth://totp/The%20Ferry%20%20a%20site:a%20b?")


def test_it_is_on_only_once_a_code_was_right(client, bob):
    page = send_form(client, "/tf-setup", setup="authenticator").text
    answer = send_code(client, page, "000000")
    assert answer.status_code == 422
    assert Phone(answer.text).code() == Phone(page).code(), "nobody has to scan again"
    assert bob.tf_primary_method is None
    assert send_code(client, answer.text, Phone(page).code()).status_code == 303
    assert bob.tf_primary_method == "authenticator"
    assert events("user.second_factor_set")[0].actor_id == bob.id


def test_the_code_is_asked_for_after_the_password(client, bob, phone):
    sign_in_at(client, "bob")
    assert not is_signed_in(client, bob)
    answer = send_form(client, "/tf-validate", code=phone.code(1))
    assert answer.location == "/account/"
    assert is_signed_in(client, bob)
    assert session.scalars(select(SignIn).where(SignIn.user_id == bob.id)).one().how == "password, code"


def test_the_second_step_leads_on_to_where_one_was_going(client, phone):
    form = {"email": "bob", "password": "the tide comes in twice"}
    answer = send_form(client, "/login?next=/account/sessions/", **form)
    assert send_form(client, answer.location, code=phone.code(1)).location == "/account/sessions/"


def test_who_wants_to_stay_signed_in_says_so_at_the_first_step(client, bob, phone):
    sign_in_at(client, "bob", remember="y")
    send_form(client, "/tf-validate", code=phone.code(1))
    assert session.scalars(select(SignIn)).one().remembered


@pytest.mark.parametrize("code", ["", "000000", "12345", "x", "²²²²²²", "١٢٣٤٥٦", "9" * 200])
def test_a_wrong_code_is_refused_and_nothing_breaks(client, bob, phone, code):
    sign_in_at(client, "bob")
    assert send_form(client, "/tf-validate", code=code).status_code == 422
    assert not is_signed_in(client, bob)


def test_a_code_lets_in_once(client, other_client, bob, phone):
    code = phone.code(1)
    for browser, status in ((client, 302), (other_client, 422)):
        sign_in_at(browser, "bob")
        assert send_form(browser, "/tf-validate", code=code[:3] + " " + code[3:]).status_code == status


def test_the_code_that_set_it_up_signs_nobody_in(client, phone):
    sign_in_at(client, "bob")
    assert send_form(client, "/tf-validate", code=phone.code()).status_code == 422


def test_without_the_password_nobody_is_asked_for_a_code(client, phone):
    for address in ("/tf-validate", "/tf-select", "/mf-recovery", "/tf-setup"):
        assert client.get(address).location.startswith("/login")


def test_a_wrong_password_tells_nothing_about_a_second_factor(client, phone):
    make_user("charlie")
    answers = [send_form(client, "/login", email=name, password="wrong") for name in ("bob", "charlie")]
    assert len({(a.status_code, a.text.replace("charlie", "bob").count("error")) for a in answers}) == 1
    assert all("tf_user_id" not in answer.headers.get("Set-Cookie", "") for answer in answers)


def test_the_first_step_is_forgotten_after_a_quarter_of_an_hour(client, phone, monkeypatch):
    sign_in_at(client, "bob")
    later = second_step.time() + second_step.PATIENCE + 1
    monkeypatch.setattr(second_step, "time", lambda: later)
    assert client.get("/tf-validate").location == "/login"


def test_who_was_suspended_meanwhile_is_not_let_in(client, bob, phone):
    sign_in_at(client, "bob")
    bob.active = False
    assert client.get("/tf-validate").location == "/login"


def test_who_knows_a_password_cannot_give_the_account_a_factor_of_their_own(client, bob, phone):
    """A way through Flask-Security 5.9: what its set-up keeps in the cookie outlives the sign-in."""
    sign_in_at(client, "bob")
    make_user("charlie")
    send_form(client, "/login/link", email="charlie@example.org")
    send_form(client, link_in(mails_to("charlie@example.org")[0]))
    page = send_form(client, "/tf-setup", setup="authenticator").text
    session.execute(delete(SignIn))
    form = {"csrf_token": hidden_field(page, "csrf_token"), "code": Phone(page).code()}
    client.post("/tf-validate", data=form)
    assert not is_signed_in(client, bob)
    sign_in_at(client, "bob")
    assert send_form(client, "/tf-validate", code=phone.code(1)).status_code == 302


def test_a_copied_session_cannot_change_the_second_factor(client, other_client, bob):
    """Neither with a set-up that it begins itself nor with one that was begun elsewhere."""
    make_user("charlie")
    sign_in_at(other_client, "charlie")
    elsewhere = send_form(other_client, "/tf-setup", setup="authenticator").text
    token = token_of(client, "/tf-setup")
    grow_stale(client)
    form = {"csrf_token": token, "setup": "authenticator"}
    assert client.post("/tf-setup", data=form).location == "/verify?next=/tf-setup"
    action = elsewhere.split('action="/tf-setup/')[1].split('"')[0]
    form = {"csrf_token": token, "code": Phone(elsewhere).code()}
    assert client.post(f"/tf-setup/{action}", data=form).location == "/verify?next=/tf-setup"
    assert bob.tf_primary_method is None


def test_an_altered_set_up_is_begun_again(client, bob):
    page = send_form(client, "/tf-setup", setup="authenticator").text
    altered = page.replace('action="/tf-setup/', 'action="/tf-setup/x')
    assert send_code(client, altered, Phone(page).code()).location == "/tf-setup"
    assert bob.tf_primary_method is None


def test_changing_it_ends_the_other_sessions(client, bob):
    sign_in_of(bob)
    set_up_phone(client)
    assert len(bob.sign_ins) == 1
    assert is_signed_in(client, bob)


def test_turning_it_off_forgets_secret_and_recovery_codes(client, bob):
    set_up_phone(client)
    sign_in_of(bob)
    assert send_form(client, "/tf-setup", setup="disable").location == "/account/"
    assert (bob.tf_primary_method, bob.tf_totp_secret, bob.mf_recovery_codes) == (None, None, None)
    assert len(bob.sign_ins) == 1
    assert events("user.second_factor_removed")
    sign_out(client)
    sign_in_at(client, "bob")
    assert is_signed_in(client, bob)


def test_turning_it_off_needs_a_fresh_sign_in(client, bob):
    set_up_phone(client)
    token = token_of(client, "/tf-setup")
    grow_stale(client)
    answer = client.post("/tf-setup", data={"csrf_token": token, "setup": "disable"})
    assert answer.location == "/verify?next=/tf-setup"
    assert bob.tf_primary_method == "authenticator"


@pytest.mark.parametrize("address", ["/tf-validate", "/tf-select", "/mf-recovery", "/tf-rescue"])
def test_the_second_step_of_somebody_signed_in_changes_nothing(client, bob, address):
    assert client.get(address).location == "/account/"
    assert is_signed_in(client, bob)


def test_guessing_codes_has_to_wait(client, other_client, bob, phone):
    """In whatever browser; recovery codes are guesses too."""
    for browser in (client, other_client):
        sign_in_at(browser, "bob")
    tried = [send_form(client, "/tf-validate", code="000000").status_code for _guess in range(5)]
    assert tried == [422] * 5
    answer = send_form(other_client, "/tf-validate", code=phone.code(1))
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert send_form(other_client, "/mf-recovery", code="abcd").status_code == 429
