"""Passkeys, made and used by one in software."""

import json

import pytest
from sqlalchemy import select

from cms.accounts import ceremonies
from cms.db import session
from cms.models import Event
from cms.models import Passkey as Kept
from tests.accounts.authenticators import (
    Passkey,
    add_passkey,
    asked,
    grow_stale,
    is_signed_in,
    recovery_codes_in,
    set_up_phone,
    sign_out,
    use_passkey,
)
from tests.factories import hidden_field, make_user, send_form, sign_in_at, sign_in_of, token_of

SITE = "https://broadside.test"


@pytest.fixture
def key(app, monkeypatch) -> Passkey:
    """A passkey that asks for a finger, and a site with a name and https, as passkeys need."""
    monkeypatch.setitem(app.config, "SITE_URL", SITE)
    return Passkey(SITE)


@pytest.fixture
def bob(client, sign_in, key):
    return sign_in("bob")


@pytest.fixture
def laptop(client, bob, key) -> Passkey:
    """Bob's passkey in place of the password; he has signed out."""
    add_passkey(client, key)
    assert [kept.name for kept in bob.webauthn] == ["Laptop"]
    sign_out(client)
    return key


def test_any_device_is_asked_to_make_one_that_knows_its_owner(client, bob):
    _action, options = asked(send_form(client, "/wan-register", name="Laptop", usage="first").text)
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["rp"]["id"] == "broadside.test"
    assert "bob" not in options["user"]["id"]


def test_a_new_one_is_listed_and_recorded(client, bob, laptop):
    sign_in_at(client, "bob")
    assert "Laptop" in client.get("/wan-register").text
    assert "Laptop" in client.get("/account/").text
    names = set(session.scalars(select(Event.name).where(Event.actor_id == bob.id)))
    assert {"user.passkey_added", "user.signed_in"} <= names


def test_it_signs_in_without_name_or_password(client, bob, laptop):
    _action, options = asked(send_form(client, "/wan-signin").text)
    assert not options.get("allowCredentials")
    assert options["userVerification"] == "required"
    assert use_passkey(client, laptop).location == "/account/"
    assert is_signed_in(client, bob)
    assert bob.sign_ins[-1].how == "webauthn"


def test_it_can_keep_one_signed_in(client, bob, laptop):
    page = send_form(client, "/wan-signin", remember="y").text
    action, options = asked(page)
    form = {"csrf_token": token_of(client, "/wan-signin"), "remember": hidden_field(page, "remember")}
    client.post(action, data={**form, "credential": laptop.get(options)})
    assert bob.sign_ins[-1].remembered


def test_it_is_two_steps_in_one(client, bob, key):
    set_up_phone(client)
    add_passkey(client, key)
    sign_out(client)
    assert use_passkey(client, key).location == "/account/"


def test_it_leads_on_to_where_one_was_going(client, laptop):
    assert use_passkey(client, laptop, "/wan-signin?next=/account/sessions/").location == "/account/sessions/"


@pytest.mark.parametrize(("origin", "verifies"), [("https://evil.example", True), (SITE, False)])
def test_neither_another_site_nor_an_unlocked_device_signs_in(client, bob, laptop, origin, verifies):
    laptop.origin, laptop.verifies = origin, verifies
    assert use_passkey(client, laptop).location == "/wan-signin"
    assert not is_signed_in(client, bob)


def test_an_unknown_one_is_refused_in_words(client, bob):
    sign_out(client)
    stranger = Passkey(SITE)
    assert use_passkey(client, stranger).location == "/wan-signin"
    assert 'role="alert"' in client.get("/wan-signin").text


def test_who_is_suspended_is_not_let_in(client, bob, laptop):
    """Flask-Security 5.9 notes that the account is shut, and lets it in."""
    bob.active = False
    assert use_passkey(client, laptop).location == "/wan-signin"
    assert not bob.sign_ins


def test_an_answer_is_taken_once_and_only_in_the_browser_that_was_asked(client, other_client, bob, laptop):
    action, options = asked(send_form(client, "/wan-signin").text)
    credential = laptop.get(options)
    for browser, refused in ((other_client, True), (client, False)):
        form = {"csrf_token": token_of(browser, "/login"), "credential": credential}
        assert (browser.post(action, data=form).location == "/wan-signin") is refused
    sign_out(client)
    form["csrf_token"] = token_of(client, "/login")
    assert client.post(action, data=form).location == "/wan-signin"


BROKEN = ["", "x", "[]", "{}", "[" * 15_000, "null", '{"id":1}', "9" * 30_000, '{"id":"a","rawId":"a"}']


@pytest.mark.parametrize("credential", BROKEN, ids=range(len(BROKEN)))
def test_whatever_a_browser_sends_is_refused_without_a_fault(client, bob, credential):
    page = send_form(client, "/wan-register", name="Laptop", usage="first").text
    form = {"csrf_token": token_of(client, "/wan-register"), "credential": credential}
    assert client.post(asked(page)[0], data=form).location == "/wan-register"
    sign_out(client)
    page = send_form(client, "/wan-signin").text
    form = {"csrf_token": token_of(client, "/wan-signin"), "credential": credential}
    assert client.post(asked(page)[0], data=form).location == "/wan-signin"
    assert not bob.webauthn


@pytest.mark.parametrize("part", ["clientDataJSON", "attestationObject"])
def test_a_damaged_part_is_refused_without_a_fault(client, bob, key, part):
    action, options = asked(send_form(client, "/wan-register", name="Laptop", usage="first").text)
    token = token_of(client, "/wan-register")
    answer = json.loads(key.create(options))
    answer["response"][part] = answer["response"][part][:40]
    form = {"csrf_token": token, "credential": json.dumps(answer)}
    assert client.post(action, data=form).location == "/wan-register"
    assert not bob.webauthn


def test_what_the_browser_says_of_extensions_is_kept_only_if_it_is_known(client, bob, key):
    action, options = asked(send_form(client, "/wan-register", name="Laptop", usage="first").text)
    token = token_of(client, "/wan-register")
    answer = json.loads(key.create(options)) | {"extensions": "not JSON " * 100}
    client.post(action, data={"csrf_token": token, "credential": json.dumps(answer)})
    assert session.scalars(select(Kept.extensions)).one() is None
    assert client.get("/wan-register").status_code == 200


def test_a_copied_session_cannot_bring_a_passkey(client, other_client, bob, key):
    """Neither ask for one itself nor bring the answer to what another session was asked."""
    make_user("charlie")
    sign_in_at(other_client, "charlie")
    action, options = asked(send_form(other_client, "/wan-register", name="Laptop", usage="first").text)
    form = {"csrf_token": token_of(client, "/wan-register"), "credential": key.create(options)}
    assert client.post(action, data=form).location == "/wan-register"
    grow_stale(client)
    assert client.get("/wan-register").location == "/verify?next=/wan-register"
    assert client.post(action, data=form).location == "/verify?next=/wan-register"
    assert not bob.webauthn


def test_what_was_asked_for_signing_in_adds_nothing(client, bob, laptop):
    sign_in_at(client, "bob")
    action, options = asked(send_form(client, "/wan-verify").text)
    token = action.rpartition("/")[2]
    form = {"csrf_token": token_of(client, "/account/"), "credential": laptop.get(options)}
    assert client.post(f"/wan-register/{token}", data=form).location == "/wan-register"


def test_it_proves_who_one_is_where_that_was_long_ago(client, laptop):
    use_passkey(client, laptop)
    grow_stale(client)
    assert client.get("/account/leave").location == "/verify?next=/account/leave"
    assert "Use a passkey" in client.get("/verify").text
    answer = use_passkey(client, laptop, "/wan-verify?next=/account/leave")
    assert answer.location == "/account/leave"
    assert client.get("/account/leave").status_code == 200


def test_somebody_else_s_proves_nothing(client, bob, laptop):
    make_user("charlie")
    sign_in_at(client, "charlie")
    grow_stale(client)
    assert use_passkey(client, laptop, "/wan-verify").location.startswith("/wan-verify")
    assert client.get("/account/leave").status_code == 302


def test_removing_it_ends_its_use(client, bob, laptop):
    sign_in_at(client, "bob")
    send_form(client, "/wan-register", post_to="/wan-delete", name="Laptop")
    assert "signs you in no more" in client.get("/wan-register").text
    assert not bob.webauthn
    sign_out(client)
    assert use_passkey(client, laptop).location == "/wan-signin"


def test_removing_needs_a_fresh_sign_in(client, bob, laptop):
    use_passkey(client, laptop)
    token = token_of(client, "/account/")
    grow_stale(client)
    answer = client.post("/wan-delete", data={"csrf_token": token, "name": "Laptop"})
    assert answer.location.startswith("/verify")
    assert len(bob.webauthn) == 1


@pytest.mark.parametrize("name", ["", " ", "Laptop", "x" * 65, "<b>key</b>"])
def test_a_name_is_needed_and_serves_one_passkey(client, bob, laptop, name):
    sign_in_at(client, "bob")
    assert send_form(client, "/wan-register", name=name, usage="first").status_code == 422


def test_there_are_at_most_twenty(client, bob, key, monkeypatch):
    monkeypatch.setattr(ceremonies, "MOST_PASSKEYS", 1)
    add_passkey(client, key)
    add_passkey(client, Passkey(SITE), name="Phone")
    assert [kept.name for kept in bob.webauthn] == ["Laptop"]


@pytest.mark.parametrize("address", ["http://broadside.test", "https://203.0.113.7", "https://[::1]"])
def test_a_site_without_name_or_https_says_that_it_cannot(app, client, bob, monkeypatch, address):
    monkeypatch.setitem(app.config, "SITE_URL", address)
    assert "can’t be used with passkeys" in client.get("/wan-register").text
    form = {"csrf_token": token_of(client, "/account/"), "name": "Laptop", "usage": "first"}
    assert client.post("/wan-register", data=form).status_code == 422


class TestAsASecondStep:
    @pytest.fixture
    def stick(self, client, bob) -> Passkey:
        """A key that only shows that it is there; Bob has signed out."""
        stick = Passkey(SITE, verifies=False)
        sign_in_of(bob)
        answer = add_passkey(client, stick, name="Stick", usage="secondary")
        assert len(recovery_codes_in(client.get(answer.location).text)) == 10
        assert len(bob.sign_ins) == 1, "the other session has ended"
        sign_out(client)
        return stick

    def test_it_is_asked_for_after_the_password(self, client, bob, stick):
        sign_in_at(client, "bob")
        assert not is_signed_in(client, bob)
        assert use_passkey(client, stick).location == "/account/"
        assert bob.sign_ins[-1].how == "password, webauthn"

    def test_alone_it_signs_nobody_in(self, client, bob, stick):
        assert use_passkey(client, stick).location == "/wan-signin"
        assert not is_signed_in(client, bob)

    def test_somebody_else_s_is_refused(self, client, bob, stick):
        make_user("charlie")
        sign_in_at(client, "charlie")
        other = Passkey(SITE, verifies=False)
        add_passkey(client, other, name="Stick", usage="secondary")
        sign_out(client)
        sign_in_at(client, "bob")
        assert use_passkey(client, other).location == "/wan-signin"
        assert client.get("/account/").status_code == 302

    def test_with_an_app_too_one_chooses(self, client, bob, stick):
        sign_in_at(client, "bob")
        use_passkey(client, stick)
        phone, _codes = set_up_phone(client)
        sign_out(client)
        sign_in_at(client, "bob")
        assert send_form(client, "/tf-select", which="webauthn").location.startswith("/wan-signin")
        assert send_form(client, "/tf-select", which="authenticator").location.startswith("/tf-validate")
        assert send_form(client, "/tf-validate", code=phone.code(1)).location == "/account/"

    def test_without_it_the_recovery_codes_are_void(self, client, bob, stick):
        sign_in_at(client, "bob")
        use_passkey(client, stick)
        send_form(client, "/wan-register", post_to="/wan-delete", name="Stick")
        assert bob.mf_recovery_codes is None
        sign_out(client)
        sign_in_at(client, "bob")
        assert is_signed_in(client, bob)
