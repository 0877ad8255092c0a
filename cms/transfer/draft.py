"""What the reading of a foreign site yields, before any of it is written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cms.transfer.verbatim import Verbatim


class Unreadable(Exception):  # noqa: N818 (it says what the file is)
    """A file that can't be taken in: ``path``, ``line`` (from 1) and the ``reason`` in plain words."""

    def __init__(self, path: str, line: int, reason: str):
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Remark:
    """Something that came in, but not whole: told as a warning."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


@dataclass
class Draft:
    """A post or page as its file tells it, in our Markdown.

    ``source`` is its path below the content folder. ``body`` still has the links as they were written, and
    its code is in ``verbatim``. ``slug`` is a wish until `places.settle` has given it its ``path``.
    ``old_addresses`` are decoded and have no slash around them; the first is the file's own.
    ``cover`` is the address of a picture as it was written. All moments have a zone.
    """

    source: str
    kind: str
    title: str
    slug: str
    body: str
    verbatim: Verbatim = field(default_factory=Verbatim)
    path: str = ""
    parent: "Draft | None" = None
    summary: str = ""
    date: datetime | None = None
    opens_at: datetime | None = None
    expires_at: datetime | None = None
    updated_at: datetime | None = None
    authors: list[str] = field(default_factory=list)
    category: str = ""
    tags: list[str] = field(default_factory=list)
    series: str = ""
    series_position: int | None = None
    is_draft: bool = False
    old_addresses: list[str] = field(default_factory=list)
    cover: str = ""
    cover_alt: str = ""
    canonical_url: str = ""
    menu: str = ""
    weight: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)
