"""`flask serve`: the site on the production server."""

import os

import click
from flask import current_app
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import Interfaces

from cms.cli.say import refusals_said
from cms.cli.setup import number_of_users, prepare


@click.command()
@click.option("--demo", is_flag=True, help="Load the demonstration site where the database is empty.")
@click.pass_context
@with_appcontext
@refusals_said
def serve(context: click.Context, demo: bool) -> None:
    """Set up what is missing, then serve the site with Granian."""
    config = current_app.config
    click.echo("Broadside")
    prepare()
    if demo:
        context.invoke(current_app.cli.get_command(context, "demo"))
    announce(config["BIND"], config["PORT"])
    os.environ["INSTANCE"] = str(config["INSTANCE"].absolute())
    os.environ["PORT"] = str(config["PORT"])
    Granian(
        "cms:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=config["BIND"],
        port=config["PORT"],
        workers=config["WORKERS"],
        blocking_threads=config["THREADS"],
        respawn_failed_workers=True,
        log_access=False,
    ).serve()


def announce(address: str, port: int) -> None:
    click.echo(f"\n  The site:  http://{address}:{port}/")
    click.echo(f"  Sign in:   http://{address}:{port}/login")
    accounts = current_app.config["INSTANCE"] / "demo-accounts.txt"
    if accounts.exists():
        click.echo(f"\n{accounts.read_text()}\n  (kept in {accounts})\n")
    elif not number_of_users():
        click.echo("\n  No account yet: make one with `.venv/bin/flask create-admin EMAIL`.\n")
