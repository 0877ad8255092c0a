"""`flask users`: the accounts, from the command line."""

import secrets

import click
from flask.cli import with_appcontext
from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cms.db import session, unit_of_work
from cms.models import Role, User
from cms.say import refusals_said


@click.group()
def users() -> None:
    """List, invite, promote, suspend and remove accounts."""


def found(name: str) -> User:
    user = User.named(name)
    if user is None:
        raise click.ClickException(f"Nobody has the name or address {name!r}.")
    return user


@users.command("list")
@click.option("--role", help="Only those with this role.")
@click.option("--count", default=100, show_default=True, type=click.IntRange(1, 100_000), help="At most.")
@with_appcontext
def list_users(role: str | None, count: int) -> None:
    """Show the newest accounts: name, address, state, roles."""
    query = select(User).options(selectinload(User.roles)).order_by(User.id.desc()).limit(count)
    if role:
        query = query.where(User.roles.any(Role.name == role))
    for user in session.scalars(query):
        roles = ", ".join(sorted(role.name for role in user.roles)) or "-"
        click.echo(f"{user.name:<24} {user.email:<36} {user.state:<12} {roles}")


@users.command()
@click.argument("email")
@click.option("--name", help="The user name; without it, made of the address.")
@click.option("--role", "roles", multiple=True, default=["member"], show_default=True)
@with_appcontext
@refusals_said
def invite(email: str, name: str | None, roles: tuple[str, ...]) -> None:
    """Make an account for EMAIL and mail its owner a link to choose a password."""
    with unit_of_work():
        user = User.invite(by=None, email=email, username=name, roles=roles)
        click.echo(f"{user.name} is invited.")


@users.command()
@click.argument("name")
@click.argument("roles", nargs=-1)
@with_appcontext
@refusals_said
def roles(name: str, roles: tuple[str, ...]) -> None:
    """Give the account NAME these ROLES, and no others."""
    with unit_of_work():
        user = found(name)
        user.grant(list(roles), by=None)
        click.echo(f"{user.name}: {', '.join(roles) or 'no role'}")


@users.command()
@click.argument("name")
@with_appcontext
@refusals_said
def password(name: str) -> None:
    """Give the account NAME a new random password, shown once; it is signed out everywhere."""
    chosen = secrets.token_urlsafe(12)
    with unit_of_work():
        user = found(name)
        user.set_password(hash_password(chosen), by=None)
        click.echo(f"{user.name}, password {chosen} (shown only now).")


def add_plain_verb(name: str, verb: str, help: str, done: str) -> None:
    """A command for a verb that needs nothing but the account."""

    @users.command(name, help=help)
    @click.argument("name")
    @with_appcontext
    @refusals_said
    def act(name: str) -> None:
        with unit_of_work():
            user = found(name)
            called = user.name
            getattr(user, verb)(by=None)
            click.echo(f"{called} {done}")


add_plain_verb("suspend", "suspend", "Let the account NAME in no more.", "is suspended.")
add_plain_verb("reinstate", "reinstate", "Let the account NAME in again.", "is reinstated.")
add_plain_verb("sign-out", "end_sessions", "Sign the account NAME out everywhere.", "is signed out.")
add_plain_verb(
    "remove-second-factor",
    "remove_second_factor",
    "Let the account NAME in with its password alone, as when a phone was lost.",
    "has no second factor now.",
)
add_plain_verb("remove", "leave", "Delete the account NAME; what it wrote stays.", "is a former member now.")
