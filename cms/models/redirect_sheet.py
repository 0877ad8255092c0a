"""A table of redirects that somebody brought: looked at line by line before anything is set."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO

from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String, Text, delete
from sqlalchemy.orm import Mapped, mapped_column

from cms.cells import meant
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Moment, now, readable
from cms.models.redirect import GONE
from cms.models.user import User
from cms.models.ways import Way, Ways, key_of

LARGEST_SHEET = 1_000_000  # bytes
MOST_LINES = 5_000
KEPT_FOR = timedelta(days=1)
NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
HEADS = {"from", "path", "old", "source"}  # first cells of a line that names the columns


@dataclass(frozen=True)
class Line:
    """One line of the table, and what will be done with it."""

    number: int
    path: str
    target: str
    verdict: str
    reason: str = ""
    way: Way | None = None


class RedirectSheet(db.Model):
    """A file that waits for its owner to look at what it will do, and to say so."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)

    @classmethod
    def lay(cls, name: str, data: bytes, *, by: User) -> "RedirectSheet":
        """Keep a file to be looked at; raises `Refused` where it is no table of redirects."""
        if len(data) > LARGEST_SHEET:
            raise Refused(_("The file is larger than one megabyte."))
        sheet = cls(name=readable(name)[:200] or "redirects.csv", text=decoded(data), user_id=by.id)
        count = sum(1 for _row in sheet.rows())
        if not count:
            raise Refused(_("The file holds no lines."))
        if count > MOST_LINES:
            raise Refused(_("The file has more than %(n)s lines.", n=format_decimal(MOST_LINES)))
        session.add(sheet)
        session.flush()
        return sheet

    def lines(self) -> list[Line]:
        """Each line, and what will be done with it as things are now."""
        return self._look()[1]

    def apply(self, *, by: User) -> Counter:
        """Set what can be set; the number of lines of each verdict."""
        ways, lines = self._look()
        ways.set([line.way for line in lines if line.verdict in (NEW, CHANGED)], by=by)
        session.delete(self)
        return Counter(line.verdict for line in lines)

    def _look(self) -> tuple[Ways, list[Line]]:
        rows = [(number, *cells) for number, cells in self.rows()]
        ways = Ways([(path, target) for _number, path, target, _status in rows])
        numbers: dict[str, int] = {}
        return ways, [look_at(ways, numbers, *row) for row in rows]

    def rows(self) -> Iterator[tuple[int, tuple[str, str, str]]]:
        """``(number of the line, (path, target, status))``, without the head and empty lines."""
        table = csv.reader(StringIO(self.text), delimiter=delimiter_of(self.text))
        try:
            for cells in table:
                path, target, status = [*(meant(cell.strip()).strip() for cell in cells[:3]), "", "", ""][:3]
                is_head = table.line_num == 1 and path.casefold() in HEADS
                if (path or target) and not is_head:
                    yield table.line_num, (path, target, status)
        except csv.Error as error:
            raise Refused(_("Line %(n)d can’t be read as a table.", n=table.line_num)) from error

    @classmethod
    def forget_old(cls) -> None:
        session.execute(delete(cls).where(cls.at < now() - KEPT_FOR))


def look_at(ways: Ways, numbers: dict[str, int], number: int, path: str, target: str, status: str) -> Line:
    """What will be done with one line; ``numbers`` holds the lines of the addresses before it."""
    try:
        if status == str(GONE):
            target = ""
        elif not target:
            raise Refused(
                _("It does not say where to lead. If the page is gone, write 410 in the third column.")
            )
        if (earlier := numbers.get(key_of(path))) is not None:
            raise Refused(_("Line %(n)d has the same address.", n=earlier))
        way = ways.accept(path, target)
    except Refused as refusal:
        return Line(number, path, target, REFUSED, refusal.message)
    numbers[way.path] = number
    verdict = SAME if ways.is_so(way) else CHANGED if way.path in ways.redirects else NEW
    return Line(number, path, target, verdict, way=way)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or as older table programs write it."""
    try:
        return readable(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return readable(data.decode("cp1252", "replace"))


def delimiter_of(text: str) -> str:
    """What stands between the cells: a comma, a semicolon or a tab."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
