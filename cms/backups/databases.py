"""The database in a file, and back: SQLite by its own means of backing up, PostgreSQL by pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import URL, inspect

from cms.db import db, session
from cms.errors import Refused

SQLITE, POSTGRESQL = "database.sqlite", "database.dump"  # as the archive calls them
LONGEST_ERROR = 300  # characters


def snapshot(room: Path) -> Path:
    """A copy of the database as it is at this moment, in the folder ``room``; others may go on writing."""
    return dump_of_postgresql(room) if is_postgresql() else copy_of_sqlite(room)


def is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def file_of_sqlite() -> Path:
    return Path(db.engine.url.database)


def copy_of_sqlite(room: Path) -> Path:
    file = room / SQLITE
    with closing(sqlite3.connect(file_of_sqlite())) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
        [found] = copy.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise Refused(_("The database is damaged: %(fault)s", fault=found))
        copy.execute("PRAGMA journal_mode = DELETE")  # so that it is one file
    return file


def dump_of_postgresql(room: Path) -> Path:
    file = room / POSTGRESQL
    run("pg_dump", "--format=custom", "--no-owner", f"--file={file}")
    return file


def is_empty() -> bool:
    """Whether there is no database of a site yet."""
    if is_postgresql():
        return not inspect(db.engine).get_table_names()
    return not file_of_sqlite().exists()


def replace_database(file: Path) -> None:
    """Make ``file``, as `snapshot` wrote it, the database; an SQLite file that is there is kept beside."""
    session.remove()  # what holds the tables, or the file that goes, would be in the way
    db.engine.dispose()
    if is_postgresql():
        run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(file))
        return
    present = file_of_sqlite()
    for part in ("", "-wal", "-shm"):
        if (old := present.with_name(present.name + part)).exists():
            old.replace(old.with_name(f"{present.name}.replaced{part}"))
    shutil.copyfile(file, present)
    present.chmod(0o640)


def run(tool: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL on our database; raises `Refused` with what it complained of.

    The password goes by the environment, as other people can read a command's arguments.
    """
    program = shutil.which(tool)
    if program is None:
        raise Refused(_("%(tool)s is not installed: install the client tools of PostgreSQL.", tool=tool))
    url = db.engine.url
    environment = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
    done = subprocess.run(  # noqa: S603 (the program and all its arguments are ours)
        [program, f"--dbname={bare(url)}", "--no-password", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(_("%(tool)s failed: %(why)s", tool=tool, why=done.stderr.strip()[-LONGEST_ERROR:]))


def bare(url: URL) -> str:
    """The address of the database for the tools: without the name of our driver, and without the password."""
    return url.set(drivername="postgresql", password=None).render_as_string()
