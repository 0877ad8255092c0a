"""`flask users`: accounts from the command line."""

import pytest
from flask import Flask
from flask_security import verify_password

from cms.accounts.cli import users
from cms.cli.setup import create_admin
from cms.db import session
from cms.models import User
from tests.factories import make_user


def run(app: Flask, *args: str, command=users):
    session.commit()
    return app.test_cli_runner().invoke(command, args)


def test_the_list_tells_names_states_and_roles(app):
    make_user("bob")
    make_user("eve").suspend(by=None)
    lines = run(app, "list").output.splitlines()
    assert [line.split()[0] for line in lines] == ["eve", "bob"]
    assert "suspended" in lines[0]
    assert run(app, "list", "--role", "member").output.startswith("bob")


def test_somebody_is_invited_with_a_role(app):
    assert run(app, "invite", "ada@example.org", "--role", "editor").exit_code == 0
    assert User.named("ada@example.org").can("see unpublished")
    assert User.named("ada@example.org").password is None


def test_roles_are_given_and_taken(app):
    make_user("bob")
    run(app, "roles", "bob", "editor", "moderator")
    assert {role.name for role in User.named("bob").roles} == {"editor", "moderator"}
    answer = run(app, "roles", "bob", "emperor")
    assert (answer.exit_code, "emperor" in answer.output) == (1, True)


def test_a_new_password_is_shown_once_and_works(app):
    make_user("bob")
    shown = run(app, "password", "bob").output.split("password ")[1].split()[0]
    assert verify_password(shown, User.named("bob").password)


@pytest.mark.parametrize(
    ("command", "state"), [("suspend", "suspended"), ("remove", "left"), ("sign-out", "active")]
)
def test_plain_verbs(app, command, state):
    make_user("bob")
    assert run(app, command, "bob").exit_code == 0
    assert state in run(app, "list").output


def test_who_is_not_there_is_told(app):
    answer = run(app, "suspend", "nobody")
    assert (answer.exit_code, "nobody" in answer.output) == (1, True)


def test_the_last_administrator_stays(app):
    make_user("alice")
    assert run(app, "remove", "alice").exit_code == 1


def test_an_administrator_is_made_with_a_password_shown_once(app):
    assert "password" in run(app, "Root@Example.org", command=create_admin).output
    assert User.named("root@example.org").can("manage users")
    assert "already" in run(app, "root@example.org", command=create_admin).output
    assert run(app, "not an address", command=create_admin).exit_code == 1
