"""Backups: one file with the database, the uploads and the secrets, and the way back."""

from flask import Flask

from cms.backups.cli import backup, restore


def init_app(app: Flask) -> None:
    app.cli.add_command(backup)
    app.cli.add_command(restore)
