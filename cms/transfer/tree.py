"""Walking a folder that somebody else made: nothing outside it is read, and nothing of unfair size."""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cms.transfer.draft import Remark, Unreadable

MARKDOWN = {".md", ".markdown", ".mdown", ".mkd"}
LARGEST_TEXT = 5 * 2**20  # bytes
LARGEST_PICTURE = 20 * 2**20
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"}
NOT_CONTENT = {"_site", "_includes", "_layouts", "_sass", "_data", "_plugins", "node_modules", "vendor"}


@dataclass(frozen=True)
class Found:
    """A file, its path below the folder that was walked, and the ``fault`` for which it can't be read."""

    path: str
    file: Path
    fault: str = ""

    @property
    def is_text(self) -> bool:
        return self.file.suffix.lower() in MARKDOWN

    @property
    def is_picture(self) -> bool:
        return self.file.suffix.lower() in PICTURES


def walk(folder: Path, remarks: list[Remark]) -> list[Found]:
    """The files below ``folder`` by path; hidden ones, and links that lead out of it, are left out."""
    inside = folder.resolve()
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if is_open(name) and not (Path(place) / name).is_symlink()]
        for name in names:
            file = Path(place) / name
            item = found_at(file, folder)
            if not is_open(name):
                continue
            if not Path(os.path.realpath(file)).is_relative_to(inside):
                remarks.append(Remark(item.path, "a symbolic link that leads out of the folder: not read"))
            elif item.fault and not item.is_text:
                remarks.append(Remark(item.path, f"{item.fault}: not read"))
            elif item.fault or file.is_file():
                found.append(item)
    return sorted(found, key=lambda item: item.path)


def found_at(file: Path, folder: Path) -> Found:
    """What ``file`` is; what no text can hold of its path is replaced."""
    path = file.relative_to(folder).as_posix()
    shown = os.fsencode(path).decode(errors="replace")
    if shown != path:
        return Found(shown, file, "its name is not UTF-8")
    return Found(path, file, "a symbolic link to itself" if leads_to_itself(file) else "")


def leads_to_itself(file: Path) -> bool:
    try:
        file.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def is_open(name: str) -> bool:
    return not name.startswith(".") and name not in NOT_CONTENT


def texts(found: list[Found]) -> Iterator[Found]:
    return (item for item in found if item.is_text)


def read_text(item: Found) -> bytes:
    """The bytes of a text. Raises `Unreadable` where it is too large or the system will not give it."""
    if item.fault:
        raise Unreadable(item.path, 1, item.fault)
    try:
        if item.file.stat().st_size > LARGEST_TEXT:
            raise Unreadable(item.path, 1, f"it is larger than {LARGEST_TEXT // 2**20} MB")
        return item.file.read_bytes()
    except OSError as error:
        raise Unreadable(item.path, 1, f"it can't be read ({error.strerror})") from error


def read_picture(file: Path) -> bytes:
    """The bytes of a picture. Raises ValueError where it is too large."""
    if file.stat().st_size > LARGEST_PICTURE:
        raise ValueError(f"it is larger than {LARGEST_PICTURE // 2**20} MB")
    return file.read_bytes()
