"""Where somebody is signed in, and signing out there."""

import pytest
from sqlalchemy import select

from cms.db import session
from cms.models import Event, User
from cms.models.base import now
from tests.accounts.authenticators import is_signed_in
from tests.factories import make_user, send_form, sign_in_at, sign_in_of, soon, token_of

PAGE = "/account/sessions/"


@pytest.fixture
def bob(client, sign_in) -> User:
    return sign_in("bob")


def test_every_browser_is_listed_and_this_one_marked(client, bob):
    sign_in_of(bob)
    page = client.get(PAGE).text
    assert page.count("<li id=") == 2
    assert page.count("this one") == 1
    assert "Firefox, Linux" in page
    assert "by password" in page
    assert "You are signed in in 2 browsers." in client.get("/account/").text


def test_those_of_others_and_those_that_ended_are_not(client, bob):
    sign_in_of(make_user("charlie"))
    sign_in_of(bob).expires_at = soon(seconds=-1)
    assert client.get(PAGE).text.count("<li id=") == 1


def test_one_browser_is_signed_out_from_another(client, other_client, bob):
    sign_in_at(other_client, "bob")
    there = max(bob.sign_ins, key=lambda sign_in: sign_in.id)
    answer = send_form(client, PAGE, post_to=f"{PAGE}{there.id}/end")
    assert answer.location == PAGE
    assert not is_signed_in(other_client, bob)
    assert is_signed_in(client, bob)
    assert session.scalars(select(Event).where(Event.name == "user.sessions_ended")).one().actor_id == bob.id


def test_ending_this_one_signs_out_here(client, bob):
    here = bob.sign_ins[0]
    assert send_form(client, PAGE, post_to=f"{PAGE}{here.id}/end").location == "/login"
    assert not is_signed_in(client, bob)


def test_nobody_ends_a_session_of_somebody_else(client, bob):
    theirs = sign_in_of(make_user("alice"))
    assert send_form(client, PAGE, post_to=f"{PAGE}{theirs.id}/end").status_code == 404
    assert theirs.expires_at > now()


@pytest.mark.parametrize(("which", "leads_to", "stays"), [("others", PAGE, True), ("all", "/login", False)])
def test_signing_out_everywhere(client, other_client, bob, which, leads_to, stays):
    sign_in_at(other_client, "bob")
    assert send_form(client, PAGE, post_to=f"{PAGE}end-{which}").location == leads_to
    assert not is_signed_in(other_client, bob)
    assert is_signed_in(client, bob) is stays


def test_a_cookie_that_was_copied_dies_with_its_session(client, other_client, bob):
    copied = client.get_cookie("session", domain="broadside.test").value
    send_form(client, PAGE, post_to=f"{PAGE}end-all")
    other_client.set_cookie("session", copied, domain="broadside.test")
    assert not is_signed_in(other_client, bob)


@pytest.mark.parametrize("act", ["1/end", "end-others", "end-all"])
def test_only_a_form_of_ours_ends_sessions(client, bob, act):
    assert client.get(PAGE + act).status_code in (404, 405)
    assert client.post(PAGE + act).status_code == 400
    assert is_signed_in(client, bob)


@pytest.mark.parametrize("number", ["0", "9" * 30, "-1", "x"])
def test_a_number_that_is_none_is_not_found(client, bob, number):
    token = token_of(client, PAGE)
    assert client.post(f"{PAGE}{number}/end", data={"csrf_token": token}).status_code in (404, 405)


def test_the_list_asks_the_database_no_more_for_many(client, bob, queries):
    counts = []
    for _time in range(2):
        for _browser in range(5):
            sign_in_of(bob)
        queries.clear()
        client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
