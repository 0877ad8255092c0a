"""Accounts: who may do what to whom, and what is left of somebody who leaves."""

import pytest
from sqlalchemy import select

from cms.db import session
from cms.errors import Refused
from cms.mail import post
from cms.models import Event, Mail, SignIn, User
from tests.factories import make_post, make_user, sign_in_of

pytestmark = pytest.mark.usefixtures("app")


def test_roles_decide_what_an_account_may():
    eve, bob = make_user("eve"), make_user("bob")
    assert eve.can("see unpublished")
    assert not bob.can("see unpublished")


def test_a_suspended_account_may_nothing_and_is_signed_out():
    make_user("alice")
    eve = make_user("eve")
    sign_in_of(eve)
    eve.suspend(by=None)
    assert not eve.can("see unpublished")
    assert session.scalars(select(SignIn)).all() == []


def test_the_last_administrator_stays():
    alice = make_user("alice")
    for act in (alice.suspend, alice.leave, lambda by: alice.grant(["member"], by=by)):
        with pytest.raises(Refused):
            act(by=alice)
    make_user("zoe", "admin")
    alice.grant(["member"], by=alice)
    assert not alice.can("manage users")


@pytest.mark.parametrize("act", ["suspend", "leave", "end_sessions", "remove_second_factor"])
def test_nobody_acts_on_an_account_that_may_more(act):
    alice, mo = make_user("alice"), make_user("mo")
    make_user("zoe", "admin")
    with pytest.raises(Refused):
        getattr(alice, act)(by=mo)


def test_nobody_gives_more_than_they_may_themselves():
    mo, bob = make_user("mo"), make_user("bob")
    for roles in (["admin"], ["editor"]):
        with pytest.raises(Refused):
            bob.grant(roles, by=mo)
    bob.grant(["member"], by=mo)
    with pytest.raises(Refused):
        User.create(by=mo, email="new@example.org", roles=("admin",))


def test_who_leaves_is_forgotten_and_what_they_made_stays(client, sign_in):
    bob = sign_in("bob")
    post = make_post(authors=["Bob"])
    bob.leave(by=bob)
    session.commit()
    assert User.named("bob") is User.named("bob@example.org") is None
    assert (bob.name, bob.password, bob.active, bob.roles) == ("former member", None, False, [])
    assert client.get(post.url).status_code == 200
    assert client.get("/account/").status_code == 302


def test_the_record_of_an_account_names_nobody():
    bob = make_user("bob")
    bob.revise(by=None, email="robert@example.org", username="robert")
    bob.leave(by=bob)
    kept = "".join(str(event.changes) for event in session.scalars(select(Event)))
    assert "bob" not in kept
    assert "robert" not in kept


def test_every_change_is_recorded_with_its_actor():
    alice, bob = make_user("alice"), make_user("bob")
    bob.grant(["moderator"], by=alice)
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert (event.name, event.actor_id, event.subject_id) == ("user.granted", alice.id, str(bob.id))
    assert event.changes == {"roles": [["member"], ["moderator"]]}


def test_the_mails_of_who_leaves_are_deleted_with_them():
    bob = make_user("bob")
    post(to="bob@example.org", subject="A link", text="https://broadside.test/reset/secret")
    post(to="eve@example.org", subject="Another", text="Hello")
    bob.leave(by=bob)
    assert [mail.to for mail in session.scalars(select(Mail))] == ["eve@example.org"]


def test_the_byline_of_who_leaves_names_nobody(client):
    bob = make_user("bob")
    post = make_post(authors=["Robert Example"])
    post.authors[0].save(by=None, user=bob, description="Lives by the river.")
    bob.leave(by=bob)
    page = client.get(post.url).text
    assert "former member" in page
    assert "Robert" not in page
    assert client.get("/author/robert-example/").status_code == 404


@pytest.mark.parametrize(
    ("email", "username"),
    [
        ("a@example.org", "member"),
        ("Ada.Ferrow@example.org", "ada-ferrow"),
        ("x" * 60 + "@example.org", "x" * 24),
    ],
)
def test_who_gets_no_name_gets_one_made_of_the_address(email, username):
    assert User.create(by=None, email=email).username == username
    assert User.create(by=None, email=f"2{email}", username=None).username != username
