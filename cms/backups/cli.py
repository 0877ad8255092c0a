"""`flask backup` and `flask restore`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from cms.backups.making import back_up
from cms.backups.restoring import put_back
from cms.say import refusals_said


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
@refusals_said
def backup(folder: Path | None) -> None:
    """Write database, uploads and secrets into one file of FOLDER (BACKUP_DIR, or INSTANCE/backups)."""
    chosen = folder or current_app.config["BACKUP_DIR"] or current_app.config["INSTANCE"] / "backups"
    done = back_up(chosen)
    click.echo(f"{done.file} ({done.size / 1_000_000:.1f} MB)")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Even though there is a site here already.")
@with_appcontext
@refusals_said
def restore(file: Path, replace: bool) -> None:
    """Make this the site that the backup FILE holds. Stop the server first."""
    for line in put_back(file, replace=replace):
        click.echo(f"  - {line}")
    click.echo("The site is restored. Start it again.")
