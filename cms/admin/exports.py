"""Lists as files: CSV in which nothing is a formula, and JSON, both written row by row."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from cms.cells import harmless

BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the file is UTF-8

Row = dict[str, Any]


def as_csv(names: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """A line for each row, separated by commas, the first with the names."""
    yield BYTE_ORDER_MARK + line(names)
    for row in rows:
        yield line(map(cell, row.values()))


def as_json(_names: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """One list, with an object a line for each row."""
    start = "[\n"
    for row in rows:
        yield start + json.dumps(row, ensure_ascii=False)
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


FORMATS = {"csv": ("text/csv; charset=utf-8", as_csv), "json": ("application/json", as_json)}


def raw(value: Any) -> Any:
    """``value`` in JSON's types: moments as ISO 8601 in UTC, things by their names."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return value.isoformat()
        case dict():
            return {str(key): raw(item) for key, item in value.items()}
        case Iterable():
            return [raw(item) for item in value]
        case _:
            return str(value)


def cell(value: Any) -> str | int | float:
    """``value`` as a spreadsheet may read it: what it would take for a formula begins with an apostrophe."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return value
        case list():
            text = "; ".join(str(cell(item)) for item in value)
        case dict():
            text = json.dumps(value, ensure_ascii=False)
        case _:
            text = str(value)
    return harmless(text)


def line(cells: Iterable[Any]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
