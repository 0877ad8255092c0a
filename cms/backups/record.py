"""What is known of backups: when the last one was made, and why the last attempt failed."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app

from cms.files import write_anew
from cms.models.base import now

FILE = "last-backup.json"


@dataclass(frozen=True)
class Record:
    """The last backup: its file and size in bytes; ``error`` says why the attempt after it failed."""

    at: str = ""
    file: str = ""
    size: int = 0
    failed_at: str = ""
    error: str = ""

    @property
    def made_at(self) -> datetime | None:
        return datetime.fromisoformat(self.at) if self.at else None

    @property
    def is_there(self) -> bool:
        """Whether the file is still where it was written, as far as this machine can see."""
        return Path(self.file).is_file()


def last() -> Record:
    """What was written down last; an empty record where nothing was, or nobody can read it."""
    try:
        return Record(**json.loads(path().read_text()))
    except (OSError, ValueError, TypeError):
        return Record()


def note_success(file: Path, size: int) -> Record:
    return write(Record(now().isoformat(), str(file), size))


def note_failure(error: str) -> Record:
    before = last()
    return write(Record(before.at, before.file, before.size, now().isoformat(), error))


def write(record: Record) -> Record:
    write_anew(path(), json.dumps(asdict(record)).encode(), mode=0o600)
    return record


def path() -> Path:
    return Path(current_app.config["INSTANCE"]) / FILE
