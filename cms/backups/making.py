"""Making a backup: a snapshot of the database first, then the files that it names, which never change."""

import os
import re
import shutil
import tarfile
import time
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from flask import current_app

from cms.backups import record
from cms.backups.databases import snapshot
from cms.backups.record import Record
from cms.errors import Refused
from cms.models.base import now

UPLOADS = "uploads"
SECRETS = ("secret-key", "password-salt", "second-factor-key", "config.env")
NAME, NAMES = "broadside-{}-{:%Y%m%dT%H%M%SZ}.tar.gz", "broadside-{}-????????T??????Z.tar.gz"
UNFINISHED, RANDOM = ".unfinished-{}-", "????????"  # which `tempfile` adds
LONGEST_ATTEMPT = 24 * 3600  # seconds
COMPRESSION = 4  # of 9: uploads are compressed already


def back_up(folder: Path) -> Record:
    """Write a backup into ``folder`` and remove the site's oldest; raises `Refused` where it can't be."""
    try:
        file = write_archive(folder.absolute())
    except (OSError, Refused) as error:
        record.note_failure(str(error))
        raise Refused(str(error)) from error
    keep_newest(folder, current_app.config["BACKUP_KEEP"])
    return record.note_success(file, file.stat().st_size)


def write_archive(folder: Path) -> Path:
    """The finished file, which nobody but its owner can read; a broken attempt leaves none."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / NAME.format(site_name(), now().astimezone(UTC))
    with TemporaryDirectory(dir=folder, prefix=UNFINISHED.format(site_name())) as room:  # with mode 0700
        part = Path(room) / file.name
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            pack(opened, Path(room))
            os.fsync(opened.fileno())
        part.replace(file)
    return file


def pack(opened, room: Path) -> None:
    instance = Path(current_app.config["INSTANCE"])
    with tarfile.open(fileobj=opened, mode="w:gz", compresslevel=COMPRESSION) as archive:
        database = snapshot(room)
        archive.add(database, database.name)
        database.unlink()
        for name in (*SECRETS, UPLOADS):
            if (instance / name).exists():
                archive.add(instance / name, name, filter=finished)


def finished(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Leave out what is just being written, and whatever is neither a file nor a folder."""
    is_part = Path(member.name).name.startswith(".")
    return member if (member.isfile() or member.isdir()) and not is_part else None


def keep_newest(folder: Path, number: int) -> None:
    """Remove this site's oldest backups, and what an attempt left that was killed long ago.

    The folder may hold those of other sites: theirs stay.
    """
    for old in sorted(folder.glob(NAMES.format(site_name())), reverse=True)[number:]:
        old.unlink(missing_ok=True)
    for left in folder.glob(UNFINISHED.format(site_name()) + RANDOM):
        if time.time() - left.stat().st_mtime > LONGEST_ATTEMPT:
            shutil.rmtree(left, ignore_errors=True)


def site_name() -> str:
    """The site's host and port as they can stand in a file's name."""
    return re.sub(r"[^\w.-]", "-", urlsplit(current_app.config["SITE_URL"]).netloc.lower())
