"""Putting a backup back: only files that a backup holds, and only to where they belong."""

import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from flask import current_app
from flask_babel import gettext as _

from cms.backups.databases import POSTGRESQL, SQLITE, is_empty, is_postgresql, replace_database
from cms.backups.making import SECRETS, UPLOADS
from cms.errors import Refused


def put_back(file: Path, *, replace: bool = False) -> Iterator[str]:
    """Restore what ``file`` holds, telling each step; raises `Refused` for what is no backup of this kind.

    Where there is a site already, it is left alone unless it may be ``replace``d.
    """
    if not replace and not is_empty():
        raise Refused(_("There is a site here already. To put the backup in its place, add --replace."))
    instance = Path(current_app.config["INSTANCE"]).absolute()
    instance.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=instance, prefix=".restoring-") as room:
        unpack(file, Path(room))
        database = Path(room) / (POSTGRESQL if is_postgresql() else SQLITE)
        if not database.is_file():
            raise Refused(_("This backup is of a site with another kind of database."))
        replace_database(database)
        yield "the database"
        yield from put_files_back(Path(room), instance)


def put_files_back(room: Path, instance: Path) -> Iterator[str]:
    for name in SECRETS:
        if (room / name).is_file():
            (room / name).replace(instance / name)
            yield name
    if (room / UPLOADS).is_dir():
        shutil.copytree(room / UPLOADS, instance / UPLOADS, dirs_exist_ok=True)
        yield UPLOADS


def unpack(file: Path, room: Path) -> None:
    """Write the members of the archive into ``room``; raises `Refused` where it holds anything else."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                if not member.isdir():
                    unpack_member(archive, member, room)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Refused(_("This file is no whole backup: %(why)s", why=error)) from error


def unpack_member(archive: tarfile.TarFile, member: tarfile.TarInfo, room: Path) -> None:
    name = PurePosixPath(member.name)
    is_known = member.name in (*SECRETS, SQLITE, POSTGRESQL) or name.parts[0] == UPLOADS
    if not member.isfile() or not is_known or ".." in name.parts:
        raise Refused(_("This file is no backup of Broadside: it holds “%(name)s”.", name=member.name))
    target = room.joinpath(*name.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as written:
        shutil.copyfileobj(archive.extractfile(member), written)
    target.chmod(0o600 if member.name in SECRETS else 0o640)
