"""`flask serve`: the site on the production server."""

import ctypes
import os
import signal
import socket
from contextlib import suppress
from pathlib import Path

import click
from flask import Config, Flask, current_app
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import Interfaces

from cms import create_app
from cms.cli.setup import number_of_users, prepare
from cms.db import db, session
from cms.errors import Refused
from cms.jobs import crew
from cms.say import refusals_said

PR_SET_PDEATHSIG = 1  # of <linux/prctl.h>
LONGEST_STOP = 30  # seconds that a server process may take to end


@click.command()
@click.option("--demo", is_flag=True, help="Load the demonstration site where the database is empty.")
@click.pass_context
@with_appcontext
@refusals_said
def serve(context: click.Context, demo: bool) -> None:
    """Set up what is missing, then serve the site with Granian."""
    config = current_app.config
    click.echo("Broadside")
    refuse_taken(config["BIND"], config["PORT"])
    prepare()
    accounts = config["INSTANCE"] / "demo-accounts.txt"
    known = accounts.exists()
    if demo:
        context.invoke(current_app.cli.get_command(context, "demo"))
    announce(config, accounts, show_passwords=not known)
    close_database()
    os.environ["INSTANCE"] = str(config["INSTANCE"].absolute())
    os.environ["PORT"] = str(config["PORT"])
    Granian(
        "cms.cli.serve:create_working_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=config["BIND"],
        port=config["PORT"],
        workers=config["WORKERS"],
        blocking_threads=config["THREADS"],
        respawn_failed_workers=True,
        workers_kill_timeout=LONGEST_STOP,
        websockets=False,
        log_access=False,
    ).serve()


def close_database() -> None:
    """Leave no connection open for the server's processes to inherit: SQLite's locks don't survive a fork."""
    session.remove()
    db.engine.dispose()


def create_working_app() -> Flask:
    """The app of one server process, with the threads that do its jobs.

    Granian's handler of SIGTERM comes after this and its parent's, inherited, does nothing here: without the
    default one, a process that is told to stop while it starts would never end.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()
    app = create_app()
    if app.config["JOB_THREADS"]:
        crew.start(app, app.config["JOB_THREADS"])
    return app


def end_with_parent() -> None:
    """Have Linux stop this process when the one that started it is gone, so that it serves nobody unseen."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def refuse_taken(address: str, port: int) -> None:
    """Say so if something listens there already; the server itself would share the port without a word."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1" if address == "0.0.0.0" else address, port)) == 0:  # noqa: S104
            raise Refused(f"Port {port} is taken, perhaps by another Broadside. Choose one with PORT=….")


def announce(config: Config, accounts: Path, *, show_passwords: bool) -> None:
    """Tell where the site is and who can sign in; passwords only when they were made just now."""
    click.echo(f"\n  The site:  {config['SITE_URL']}/")
    click.echo(f"  Sign in:   {config['SITE_URL']}/login")
    if not config["SITE_URL"].startswith(f"http://{config['BIND']}:"):
        click.echo(f"  Listening: http://{config['BIND']}:{config['PORT']}/")
    if accounts.exists():
        shown = f"\n{accounts.read_text()}\n" if show_passwords else ""
        click.echo(f"{shown}  The demonstration's accounts are in {accounts}\n")
    elif not number_of_users():
        click.echo("\n  No account yet: make one with `.venv/bin/flask create-admin EMAIL`.\n")
