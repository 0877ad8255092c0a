"""Reading one field of front matter as what it should be; a wrong type is named with its line."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Any

from cms.transfer import dates
from cms.transfer.draft import Unreadable
from cms.transfer.frontmatter import Page

LARGEST_NUMBER = 2**31 - 1
NO_DATE = "0001-01-01"  # what Hugo writes where there is none
YES, NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0", ""}


class Fields:
    """The fields of one file, looked up by the first of several names, in any letter case.

    Moments without a zone of their own are in ``zone``.
    """

    def __init__(self, path: str, page: Page, values: dict[str, Any], zone: tzinfo = UTC):
        self.path = path
        self.page = page
        self.zone = zone
        self.values = {name.lower(): value for name, value in values.items() if value is not None}
        self.seen: set[str] = set()

    def find(self, *names: str) -> tuple[str, Any]:
        """The first name that has a value, and the value; ("", None) where none has."""
        self.seen.update(name.lower() for name in names)
        return next(
            ((name, self.values[name.lower()]) for name in names if name.lower() in self.values), ("", None)
        )

    def refuse(self, name: str, wanted: str, value: Any) -> Unreadable:
        found = f"“{value}”" if isinstance(value, str) else type_name(value)
        return Unreadable(
            self.path, self.page.line_of(name), f"the field “{name}” should be {wanted}, but is {found}"
        )

    def text(self, *names: str) -> str:
        """One line or paragraph of text; numbers and dates count as text."""
        name, value = self.find(*names)
        if isinstance(value, list | dict):
            raise self.refuse(name, "text", value)
        return "" if value is None else str(value).strip()

    def moment(self, *names: str) -> datetime | None:
        """A moment with its zone."""
        name, value = self.find(*names)
        if value is None or str(value).strip() == "" or str(value).startswith(NO_DATE):
            return None
        moment = dates.parse(value, self.zone)
        if moment is None:
            raise self.refuse(name, "a date", value)
        return moment

    def flag(self, *names: str) -> bool | None:
        """Yes or no; None where nothing is said."""
        name, value = self.find(*names)
        if value is None:
            return None
        if (said := str(value).strip().lower()) not in YES | NO:
            raise self.refuse(name, "true or false", value)
        return said in YES

    def number(self, *names: str) -> int | None:
        """A whole number."""
        name, value = self.find(*names)
        if value in (None, ""):
            return None
        if not re.fullmatch(r"[+-]?\d{1,10}", str(value)) or abs(int(value)) > LARGEST_NUMBER:
            raise self.refuse(name, "a whole number", value)
        return int(value)

    def names(self, *names: str, spaced: bool = False) -> list[str]:
        """A list of names, each once: a list, or text with commas, or with spaces where ``spaced``."""
        name, value = self.find(*names)
        if isinstance(value, str):
            parts = value.split(",") if "," in value else value.split() if spaced else [value]
        else:
            parts = value if isinstance(value, list) else [value]
        return list(dict.fromkeys(filter(None, (self.name(name, part) for part in parts))))

    def name(self, field: str, value: Any) -> str:
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if isinstance(value, list | dict):
            raise self.refuse(field, "a list of names", value)
        return "" if value is None else " ".join(str(value).split())

    def rest(self) -> dict[str, Any]:
        """The fields that nobody asked for, in JSON's types."""
        return {name: plain(value) for name, value in self.values.items() if name not in self.seen}


def plain(value: Any) -> Any:
    """``value`` in JSON's types."""
    match value:
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case list():
            return [plain(item) for item in value]
        case None | bool() | int() | str():
            return value
        case float() if value == value and abs(value) != float("inf"):
            return value
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else str(value)


def type_name(value: Any) -> str:
    return {list: "a list", dict: "a table of fields", bool: "true or false"}.get(type(value), f"“{value}”")
