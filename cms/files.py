"""Files that another process may read at any moment: there whole, or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK)  # what a file system without hard links answers


def write_once(file: Path, data: bytes, mode: int = 0o644) -> None:
    """Keep ``data`` in ``file``, with at most the permissions ``mode``, where there is no such file yet.

    Of several processes that write at the same time, the first wins; what is there stays as it is.
    """
    if file.exists():
        return
    with written_beside(file, data, mode) as part:
        try:
            os.link(part, file)
        except FileExistsError:
            return
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            part.replace(file)


def write_anew(file: Path, data: bytes, mode: int = 0o644) -> None:
    """Keep ``data`` in ``file``, with at most the permissions ``mode``, in the place of what was there."""
    with written_beside(file, data, mode) as part:
        part.replace(file)


@contextmanager
def written_beside(file: Path, data: bytes, mode: int) -> Iterator[Path]:
    """A file of this process alone that holds ``data``, in the folder of ``file``; gone after the block."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as opened:
            opened.write(data)
        yield part
    finally:
        part.unlink(missing_ok=True)
