"""Registering: what a newcomer gets, and what nobody learns from it."""

from datetime import timedelta

import pytest
from flask_security import hash_password
from sqlalchemy import func, select

from cms.accounts.jobs import forget_expired
from cms.db import session
from cms.models import User
from tests.factories import PASSWORD, link_in, mails_to, make_user, send_form

ADA = {"username": "ada", "email": "ada@example.org", "password": PASSWORD}


def register(client, **fields):
    return send_form(client, "/register", **{**ADA, **fields})


def test_a_newcomer_confirms_with_the_password_and_is_in(client):
    assert register(client).headers["Location"] == "/register/sent"
    link = link_in(mails_to("ada@example.org")[0])
    assert send_form(client, link, password=PASSWORD).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert [role.name for role in User.named("ada").roles] == ["member"]


def test_who_registers_with_the_address_of_somebody_else_gets_nothing(client, other_client):
    register(other_client, username="evil", password="seven ravens in the rigging")
    register(client)
    link = link_in(mails_to("ada@example.org")[0])
    assert send_form(other_client, link, password="seven ravens in the rigging").status_code == 422
    assert send_form(client, link, password=PASSWORD).headers["Location"] == "/account/"
    assert User.named("evil") is None


def test_a_link_of_an_earlier_registration_is_dead(client):
    register(client, username="evil")
    early = link_in(mails_to("ada@example.org")[0])
    register(client)
    assert client.get(early).headers["Location"] == "/confirm"


@pytest.mark.parametrize(("name", "email"), [("ada", "ada@example.org"), ("rob", "bob@example.org")])
def test_nothing_told_at_the_door_says_whether_an_address_was_new(client, name, email):
    make_user("bob", password=hash_password("seven ravens in the rigging"))
    register(client, username=name, email=email)
    own = send_form(client, "/login", email=email, password=PASSWORD)
    wrong = send_form(client, "/login", email=email, password="nine herons on a mudbank")
    assert wrong.status_code == own.status_code == 422
    assert wrong.text.count("<li>") == own.text.count("<li>")
    assert register(client, username=name, email="another@example.org").status_code == 422
    assert register(client, username=name, email=email).status_code == 303


def test_accounts_that_nobody_confirms_are_forgotten(client):
    register(client)
    User.named("ada").created_at -= timedelta(days=8)
    session.commit()
    forget_expired()
    assert User.named("ada") is None
    assert register(client).status_code == 303


def test_looking_at_the_link_confirms_nothing(client):
    register(client)
    link = link_in(mails_to("ada@example.org")[0])
    assert client.get(link).status_code == client.head(link).status_code == 200
    assert User.named("ada").confirmed_at is None


def test_an_address_that_has_an_account_is_told_so_by_mail_alone(client):
    make_user("bob")
    known, unknown = (register(client, username=name, email=f"{name}@example.org") for name in ("rob", "ada"))
    again = register(client, username="robert", email="bob@example.org")
    assert known.status_code == unknown.status_code == again.status_code == 303
    assert known.headers["Location"] == again.headers["Location"]
    assert "already" in mails_to("bob@example.org")[0].subject
    assert session.scalar(select(func.count()).where(User.email == "bob@example.org")) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "b"),
        ("username", "bob"),
        ("username", "Bоb"),  # with a Cyrillic letter
        ("username", "admin"),
        ("email", "nobody"),
        ("email", "ada@example.org\r\nBcc: all@example.org"),
        ("email", "=?utf-8?q?a=0D=0ABcc:_x@example.org?=@example.org"),
        ("email", "a\u2028b@example.org"),
        ("email", "=?utf-8?q?a=0d=0a?=@example.org"),
        ("password", "short"),
        ("password", "password1234"),
        ("password", "aaaaaaaaaaaaaaaa"),
        ("password", "ada@example.org"),
        ("password", "x" * 129),
    ],
)
def test_what_can_not_be_is_refused_and_comes_back(client, field, value):
    make_user("bob")
    answer = register(client, **{field: value})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert 'value="ada' in answer.text
    assert PASSWORD not in answer.text
    assert User.named("ada") is None


def test_fields_that_the_form_does_not_declare_are_not_taken(client):
    register(client, roles="admin", active="", confirmed_at="2020-01-01", id="1")
    ada = User.named("ada")
    assert [role.name for role in ada.roles] == ["member"]
    assert ada.confirmed_at is None


def test_addresses_that_only_look_alike_are_different_people(client):
    make_user("mike", email="mike@example.org")
    for username, email in (("mike2", "mıke@example.org"), ("mike3", "ｍike@example.org")):
        register(client, username=username, email=email)
    assert User.named("mike@example.org").username == "mike"
    assert User.named("MIKE@EXAMPLE.ORG").username == "mike"
    assert User.named("mıke@example.org").username == "mike2"


def test_only_so_many_register_from_one_network(client, settings):
    settings(RATE_REGISTER="2/hour")
    answers = [register(client, username=f"ada{n}", email=f"ada{n}@example.org") for n in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert 'value="ada2@example.org"' in answers[2].text
    assert int(answers[2].headers["Retry-After"]) > 0
