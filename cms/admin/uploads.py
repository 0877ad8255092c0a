"""Pictures that come with a form: each kept, or told by its name why it was left out."""

from collections.abc import Iterable

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from cms.db import let_others_write
from cms.errors import Refused
from cms.images import LARGEST_FILE, Picture, read_picture
from cms.limits import count
from cms.models import Media, User

MOST_FILES = 20  # of one form
LONGEST_NAME = 60  # characters of a file's name that are told


def store_uploads(files: Iterable[FileStorage], by: User) -> tuple[list[Media], list[str]]:
    """The pictures among ``files``, kept, and in words what was left out and why.

    All are read before the first is kept, as others can write to the database meanwhile.
    """
    files = [file for file in files if file.filename]
    read, problems, whose = [], [], str(by.id)
    for file in files[:MOST_FILES]:
        try:
            read.append((receive(file, whose), file.filename))
        except Refused as refusal:
            problems.append(_("“%(name)s”: %(reason)s", name=shown(file.filename), reason=refusal.message))
    if left := len(files[MOST_FILES:]):
        problems.append(
            _(
                "%(left)d more were left out: at most %(most)d can be sent at once.",
                left=left,
                most=MOST_FILES,
            )
        )
    return [Media.keep(picture, name, by=by) for picture, name in read], problems


def store_upload(file: FileStorage | None, by: User) -> Media:
    """One picture, kept; raises `Refused` with the status of the answer where it can't be."""
    if file is None or not file.filename:
        raise Refused(_("Choose a picture."))
    return Media.keep(receive(file, str(by.id)), file.filename, by=by)


def receive(file: FileStorage, whose: str) -> Picture:
    """Read what somebody sent, of which ``whose`` account allows a certain number."""
    let_others_write()
    count("RATE_UPLOAD", whose)
    return read_picture(file.stream.read(LARGEST_FILE + 1))


def shown(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
