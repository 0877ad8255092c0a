"""Receipts: a file for each mail that the server has just taken, until the database knows it too.

A file is there in an instant; a commit may wait for others. A worker that is killed meanwhile leaves the
file, and whoever takes the mail over on this machine does not send it again.
"""

from contextlib import suppress
from pathlib import Path

from flask import current_app

from cms.models.mail import Mail

FOLDER = "receipts"


def path_of(mail: Mail) -> Path:
    """Where the receipt of a mail is: named after the random part of its Message-ID."""
    folder = current_app.config["INSTANCE"] / FOLDER
    folder.mkdir(exist_ok=True)
    return folder / mail.message_id.strip("<>").partition("@")[0]


def leave(receipt: Path) -> None:
    """The server has taken the mail. A disk that refuses the receipt does not undo that."""
    with suppress(OSError):
        receipt.touch()


def tear_up(receipt: Path) -> None:
    """The database knows; where the file can't be deleted, it does no harm."""
    with suppress(OSError):
        receipt.unlink(missing_ok=True)
