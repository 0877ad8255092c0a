"""The backup of each night, where there is a folder for it."""

from datetime import timedelta

from flask import current_app

from cms.backups.making import back_up
from cms.jobs.kinds import every, job


@every(timedelta(days=1))
@job("backups.make", attempts=4, in_steps=True)
def make_backup() -> None:
    """Back the site up into BACKUP_DIR; nothing where none is set."""
    if folder := current_app.config["BACKUP_DIR"]:
        back_up(folder)
