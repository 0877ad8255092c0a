"""Deleting one's own account: what was written stays, who wrote it is forgotten."""

import pytest
from sqlalchemy import select

from cms.db import session
from cms.models import Event, Note, Unsaved, User
from tests.accounts.authenticators import grow_stale, is_signed_in, set_up_phone
from tests.factories import PASSWORD, make_post, make_user, send_form, sign_in_at, token_of

PAGE = "/account/leave"


@pytest.fixture
def bob(client, sign_in) -> User:
    return sign_in("bob")


def test_leaving_forgets_who_one_was(client, bob):
    set_up_phone(client)
    assert send_form(client, PAGE, name="Bob ").location == "/account/farewell"
    assert "Farewell" in client.get("/account/farewell").text
    assert User.named("bob@example.org") is None
    assert User.named("bob") is None
    assert (bob.name, bob.active) == ("former member", False)
    assert (bob.password, bob.tf_totp_secret, bob.mf_recovery_codes) == (None, None, None)
    assert session.scalars(select(Event).where(Event.name == "user.left")).one().actor_id == bob.id


def test_what_was_typed_and_not_saved_goes_and_notes_stay_as_by_a_former_member(client, bob):
    note = Note.put(make_post(), "Ask the harbour master.", by=bob)
    Unsaved.keep(bob, "post-new-1", {"title": "Half a thought"})
    send_form(client, PAGE, name="bob")
    assert session.query(Unsaved).count() == 0
    assert (note.text, note.author.name) == ("Ask the harbour master.", "former member")


def test_one_is_signed_out_everywhere(client, other_client, bob):
    sign_in_at(other_client, "bob")
    send_form(client, PAGE, name="bob")
    for browser in (client, other_client):
        assert browser.get("/account/").location.startswith("/login")


def test_who_has_left_is_not_let_in_and_may_register_anew(client, other_client, bob):
    send_form(client, PAGE, name="bob")
    assert send_form(other_client, "/login", email="bob", password=PASSWORD).status_code == 422
    assert make_user("bob").id != bob.id


@pytest.mark.parametrize("name", ["", "charlie", "bobb", "x" * 1000])
def test_without_the_name_nothing_happens(client, bob, name):
    answer = send_form(client, PAGE, name=name)
    assert answer.status_code == 422
    assert "field-errors" in answer.text
    assert is_signed_in(client, bob)


def test_it_needs_a_fresh_sign_in(client, bob):
    token = token_of(client, PAGE)
    grow_stale(client)
    assert client.post(PAGE, data={"csrf_token": token, "name": "bob"}).location == f"/verify?next={PAGE}"
    assert bob.left_at is None
    answer = send_form(client, f"/verify?next={PAGE}", password=PASSWORD)
    assert answer.location == PAGE
    assert client.get(PAGE).status_code == 200


def test_a_wrong_password_does_not_make_it_fresh(client, bob):
    grow_stale(client)
    assert send_form(client, f"/verify?next={PAGE}", password="wrong").status_code == 422
    assert client.get(PAGE).status_code == 302


def test_who_has_no_password_is_not_let_in_by_none(client, bob):
    bob.password = None
    grow_stale(client)
    assert send_form(client, f"/verify?next={PAGE}", password="None").status_code == 422
    assert client.get("/account/").status_code == 200


def test_the_last_administrator_stays(client, sign_in):
    alice = sign_in("alice")
    answer = send_form(client, PAGE, name="alice")
    assert answer.status_code == 422
    assert "last administrator" in answer.text
    assert is_signed_in(client, alice)


def test_only_a_form_of_ours_deletes(client, bob):
    assert client.post(PAGE, data={"name": "bob"}).status_code == 400
    assert bob.left_at is None


def test_readers_are_asked_to_sign_in(client):
    assert client.get(PAGE).location.startswith("/login")


def test_guessing_the_password_with_a_copied_session_has_to_wait(client, bob):
    tried = [send_form(client, "/verify", password=f"wrong {guess}").status_code for guess in range(12)]
    assert tried[0] == 422
    assert tried[-1] == 429
