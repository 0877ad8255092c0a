"""`flask setup`: make whatever the site lacks, and nothing twice."""

import os
import secrets

import click
import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from flask_security import hash_password
from sqlalchemy import func, select

from cms import assets, themes
from cms.addresses import spelled
from cms.db import session, unit_of_work
from cms.models import Role, User
from cms.say import refusals_said, step


@click.command()
@click.option(
    "--admin", metavar="EMAIL", help="Make the first admin with this address; the password is shown once."
)
@with_appcontext
@refusals_said
def setup(admin: str | None) -> None:
    """Make the database, the roles and the static files; change nothing that is there already."""
    prepare()
    if admin:
        make_admin(admin)
    elif not number_of_users():
        step("There is no account yet: make one with `flask create-admin EMAIL`.")


@click.command()
@click.argument("email")
@with_appcontext
@refusals_said
def create_admin(email: str) -> None:
    """Make an account that may do everything; its password is shown once."""
    make_admin(email)


def prepare() -> None:
    """Bring the database to the newest migration, and make roles and static files."""
    os.umask(0o027)  # what is in the instance is nobody else's business
    current_app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    if not is_migrated():
        step("Making the tables of the database.")
        flask_migrate.upgrade()
    with unit_of_work():
        Role.ensure_all()
        assets.publish(themes.active())


def is_migrated() -> bool:
    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    present = MigrationContext.configure(session.connection()).get_current_revision()
    session.rollback()
    return present == newest


def number_of_users() -> int:
    return session.scalar(select(func.count()).select_from(User))


def make_admin(email: str) -> None:
    """An admin with a random password; the one who has this address already keeps everything."""
    if User.named(spelled(email)):
        step(f"{email} has an account already.")
        return
    password = secrets.token_urlsafe(12)
    with unit_of_work():
        User.create(by=None, email=email, password=hash_password(password), roles=("admin",))
    step(f"Admin {email}, password {password} (shown only now).")
