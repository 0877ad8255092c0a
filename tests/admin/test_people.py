"""What an administrator does with accounts."""

from datetime import timedelta

import pytest

from cms.admin import people
from cms.db import session
from cms.models import Event, Permission, Role, User
from cms.models.base import now
from tests.factories import link_in, mails_to, make_user, send_form, sign_in_of, soon

NEW = "/admin/users/new/"


def press(client, user: User, act: str, **more):
    """Press the button ``act`` on the user's page."""
    page = f"/admin/users/{user.id}/"
    return send_form(client, page, post_to=f"{page}{act}/", **more)


def edit(client, user: User, **fields):
    form = {"email": user.email, "username": user.username, **fields}
    return send_form(client, f"/admin/users/{user.id}/edit/", **form)


def names_of_roles(user: User) -> list[str]:
    session.refresh(user)
    return sorted(role.name for role in user.roles)


def test_who_is_invited_gets_a_link_to_choose_a_password(client, other_client, alice):
    answer = send_form(client, NEW, email="Ines@Example.org", username="ines", roles=["editor"])
    assert answer.status_code == 303
    ines = User.named("ines")
    assert answer.location == f"/admin/users/{ines.id}/"
    assert (ines.email, ines.password, names_of_roles(ines)) == ("ines@example.org", None, ["editor"])
    [mail] = mails_to("ines@example.org")
    assert other_client.get(link_in(mail)).status_code == 200
    assert "invited" in client.get(answer.location).text


def test_an_invitation_can_be_sent_again_until_it_is_followed(client, alice):
    ines = User.invite(by=alice, email="ines@example.org", roles=("member",))
    assert press(client, ines, "invite").status_code == 303
    assert len(mails_to("ines@example.org")) == 2
    assert press(client, make_user("bob"), "invite").status_code == 422


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"email": "no address"}, "is not an e-mail address"),
        ({"email": ""}, "Enter an e-mail address."),
        ({"email": "bob@example.org"}, "There is an account with this address already."),
        ({"email": "x@example.org", "username": "bob"}, "This user name is taken."),
        ({"email": "x@example.org", "username": "B O B"}, "A user name has 2 to 32 letters"),
        ({"email": "x@example.org", "roles": ["nonsense"]}, "nonsense"),
        ({"email": "x\u2028y@example.org"}, "is not an e-mail address"),
    ],
)
def test_what_can_not_be_saved_is_shown_again_as_it_was_typed(client, alice, fields, fault):
    make_user("bob")
    number = session.query(User).count()
    answer = send_form(client, NEW, **{"username": "typed-name", "roles": ["moderator"], **fields})
    assert answer.status_code == 422
    assert fault in answer.text
    assert fields.get("username", "typed-name") in answer.text
    assert session.query(User).count() == number


def test_a_form_takes_no_fields_but_its_own(client, alice):
    bob = make_user("bob")
    form = {"email": "bob@example.org", "username": "bobby", "roles": ["member"]}
    send_form(client, f"/admin/users/{bob.id}/edit/", **form, active="", password="x", id="1")
    session.refresh(bob)
    assert (bob.username, bob.active, bob.password == "x") == ("bobby", True, False)


def test_roles_are_given_and_taken(client, alice):
    bob = make_user("bob")
    edit(client, bob, roles=["editor", "moderator"])
    assert names_of_roles(bob) == ["editor", "moderator"]
    event = session.query(Event).filter_by(name="user.granted", actor_id=alice.id).one()
    assert event.changes["roles"] == [["member"], ["editor", "moderator"]]


def test_a_refused_change_changes_nothing_else(client, alice):
    form = {"email": "new@example.org", "username": "renamed", "roles": ["member"]}
    answer = send_form(client, f"/admin/users/{alice.id}/edit/", **form)
    assert answer.status_code == 422
    assert "last administrator" in answer.text
    assert "new@example.org" in answer.text
    assert "<h1>alice</h1>" in answer.text
    session.refresh(alice)
    assert alice.email == "alice@example.org"


def test_nobody_gives_more_than_they_may_do(client, sign_in):
    Permission.set(Role.named("moderator"), "manage users", True, by=None)
    sign_in("mo")
    bob, alice = make_user("bob"), make_user("alice")
    assert edit(client, bob, roles=["admin"]).status_code == 422
    assert names_of_roles(bob) == ["member"]
    assert press(client, alice, "suspend").status_code == 422


def test_a_suspended_account_is_shut_out_and_let_in_again(client, alice):
    bob = make_user("bob")
    sign_in_of(bob)
    assert press(client, bob, "suspend").status_code == 303
    session.refresh(bob)
    assert (bob.active, bob.sign_ins) == (False, [])
    assert "suspended" in client.get(f"/admin/users/{bob.id}/").text
    press(client, bob, "reinstate")
    session.refresh(bob)
    assert bob.active


def test_all_sessions_end(client, alice):
    bob = make_user("bob")
    sign_in_of(bob)
    assert "Firefox, Linux" in client.get(f"/admin/users/{bob.id}/").text
    press(client, bob, "sign-out")
    session.refresh(bob)
    assert bob.sign_ins == []


def test_a_lost_second_factor_is_removed(client, alice):
    bob = make_user("bob")
    bob.tf_primary_method, bob.tf_totp_secret = "authenticator", "secret"
    press(client, bob, "remove-second-factor")
    session.refresh(bob)
    assert not bob.has_second_factor


def test_each_state_lists_those_who_are_in_it(client, alice):
    User.invite(by=alice, email="invited@example.org")
    make_user("unconfirmed", confirmed=False)
    make_user("suspended").suspend(by=alice)
    make_user("gone").leave(by=alice)
    for state, name in people.STATES.items():
        page = client.get(f"/admin/users/?state={state}").text
        assert page.count("<tr") == 2, state
        assert page.count(f"state-{state}") == 1, name


def test_deleting_asks_first_and_leaves_a_former_member(client, alice):
    bob = make_user("bob")
    address = f"/admin/users/{bob.id}/delete/"
    assert "Delete the account of bob?" in client.get(address).text
    session.refresh(bob)
    assert bob.left_at is None
    assert send_form(client, address).location == "/admin/users/"
    session.refresh(bob)
    assert bob.left_at
    assert "bob" not in client.get("/admin/users/").text.replace("The account of bob", "")


def test_the_last_sign_in_is_the_newest_that_has_not_ended(client, alice, queries):
    bob, charlie = make_user("bob"), make_user("charlie")
    for days in (3, 1):
        sign_in_of(bob).created_at = soon(days=-days)
    session.flush()
    queries.clear()
    found = people.last_sign_ins([bob, charlie])
    assert len(queries) == 1
    assert timedelta(hours=23) < now() - found.pop(bob.id) < timedelta(hours=25)
    assert found == {}
    bob.end_sessions(by=None)
    assert "–" in client.get(f"/admin/users/{bob.id}/").text.split("Last sign-in")[1][:120]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>@x.org", '"><img src=x onerror=alert(1)>@x.org'])
def test_no_name_becomes_markup(client, alice, name):
    bob = make_user("bob")
    bob.email, bob.username = name, None
    for address in ("/admin/", "/admin/users/", f"/admin/users/{bob.id}/", f"/admin/users/{bob.id}/edit/"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_who_is_invited_and_not_yet_there_is_shown(client, alice):
    assert "not yet there" not in client.get("/admin/users/").text
    make_user("bob", password=None)
    page = client.get("/admin/users/").text
    assert '<a href="/admin/users/?state=invited">1 is invited, not yet there</a>' in page


@pytest.mark.parametrize(("hours", "expired"), [(1, False), (13, True)])
def test_an_invitation_that_has_expired_says_so(client, alice, hours, expired):
    bob = make_user("bob", password=None)
    bob.invite_again(by=alice)
    session.query(Event).filter_by(name="user.invited").one().at = now() - timedelta(hours=hours)
    page = client.get(f"/admin/users/{bob.id}/").text
    assert ("The link has expired: send a new one." in page) == expired
    assert ("The last link still works." in page) != expired
