"""All redirects as a table for spreadsheet programs, in lines of CSV that `RedirectSheet` takes back."""

import csv
from collections.abc import Iterator
from io import StringIO

from sqlalchemy import select

from cms.cells import harmless
from cms.db import session
from cms.models import Entry, Redirect
from cms.models.redirect import GONE, written
from cms.models.redirect_sheet import HEAD

AT_ONCE = 1_000  # redirects


def csv_lines() -> Iterator[str]:
    """The table, some hundred lines at a time."""
    yield "\ufeff" + as_csv([HEAD])
    last = 0
    while rows := redirects_after(last):
        last = rows[-1].id
        yield as_csv([(written(row.path), leads_to(row), row.status) for row in rows])


def redirects_after(last: int) -> list:
    columns = select(Redirect.id, Redirect.path, Redirect.target, Redirect.status, Entry.path.label("entry"))
    some = columns.outerjoin(Redirect.entry).where(Redirect.id > last).order_by(Redirect.id).limit(AT_ONCE)
    return session.execute(some).all()


def leads_to(row) -> str:
    if row.status == GONE:
        return ""
    return row.target or f"/{row.entry}"


def as_csv(rows: list[tuple]) -> str:
    text = StringIO()
    csv.writer(text).writerows([harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue()
