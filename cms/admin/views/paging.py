"""Paging by key: a page begins behind a row, however many come before it and whatever is added meanwhile."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import request
from sqlalchemy import literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Query

from cms.models.base import Moment

LARGEST_ID = 2**31 - 1
LONGEST_KEY = 400  # characters
END = "end"


@dataclass(frozen=True)
class Order:
    """By what a list is sorted; rows without a value are the least, in every database."""

    column: InstrumentedAttribute
    id: InstrumentedAttribute
    descending: bool

    @property
    def is_by_id(self) -> bool:
        return self.column.key == self.id.key

    @property
    def has_gaps(self) -> bool:
        """Whether there are rows without a value."""
        return bool(self.column.nullable)

    def key_of(self, row: Any) -> "Key":
        return Key(None if self.is_by_id else getattr(row, self.column.key), row.id)

    def parse(self, text: str) -> "Key":
        """The key that ``text`` stands for; raises ValueError where it is none in this order."""
        value, sign, number = text.rpartition("~")
        if len(text) > LONGEST_KEY or not number.isascii() or not number.isdecimal():
            raise ValueError(text)
        is_possible = not self.is_by_id if sign else self.is_by_id or self.has_gaps
        if int(number) > LARGEST_ID or not is_possible:
            raise ValueError(text)
        return Key(self.value_of(value) if sign else None, int(number))

    def value_of(self, text: str) -> Any:
        if isinstance(self.column.type, Moment):
            return datetime.fromisoformat(text).astimezone(UTC)
        value = self.column.type.python_type(text)
        if isinstance(value, int) and abs(value) > LARGEST_ID:
            raise ValueError(text)
        return value


@dataclass(frozen=True)
class Key:
    """A place in a list: the value and the id of the row beside it."""

    value: Any
    id: int

    def __str__(self) -> str:
        if self.value is None:
            return str(self.id)
        value = self.value
        if isinstance(value, datetime):
            value = value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
        return f"{value}~{self.id}"


@dataclass(frozen=True)
class Place:
    """Where a page begins, and whether it is read backwards from there; without a key from the list's end."""

    key: Key | None = None
    backwards: bool = False

    @classmethod
    def asked_for(cls, order: Order) -> "Place":
        """The place that the address names; the list's beginning where that makes no sense."""
        before, after = request.args.get("before"), request.args.get("after")
        try:
            if before:
                return cls(None if before == END else order.parse(before), backwards=True)
            return cls(order.parse(after)) if after else cls()
        except (ValueError, OverflowError):
            return cls()


@dataclass(frozen=True)
class Slice:
    """One page of a list, and the keys of those around it, where there are any."""

    rows: list
    before: Key | None = None
    after: Key | None = None


def turn_to(query: Query, order: Order, place: Place, size: int, reach: int | None = None) -> Slice | None:
    """The page of ``size`` rows at ``place``; None where the list's end leaves no whole page there.

    ``query`` may stop at the row with the number ``reach``, though the list goes on.
    """
    found = read(query, order, place, size + 1)
    rows = found[:size]
    onward = order.key_of(rows[-1]) if len(found) > size else Key(None, reach) if reach is not None else None
    if place.key and not onward and (place.backwards or not rows):
        return None
    back = place.key and (order.key_of(rows[0]) if rows else place.key)
    return Slice(rows[::-1], onward, back) if place.backwards else Slice(rows, back, onward)


def read(query: Query, order: Order, place: Place, count: int) -> list:
    """At most ``count`` rows from ``place`` on, in the direction in which it is read."""
    falling = order.descending != place.backwards
    rows: list = []
    for part in parts(query, order, place.key, falling):
        if len(rows) < count:
            rows += part.order_by(*sorting(order, falling)).limit(count - len(rows)).all()
    return rows


def parts(query: Query, order: Order, key: Key | None, falling: bool) -> list[Query]:
    """What is to be read, one after the other: rows with a value, and rows without."""
    if order.is_by_id:
        return [query.filter(beyond(order.id, key.id, falling)) if key else query]
    filled, empty = query, query.filter(order.column.is_(None))
    if order.has_gaps:
        filled = query.filter(order.column.is_not(None))
    if key and key.value is None:
        empty = empty.filter(beyond(order.id, key.id, falling))
    elif key:
        value = tuple_(literal(key.value, order.column.type), literal(key.id))
        filled = filled.filter(beyond(tuple_(order.column, order.id), value, falling))
    if not order.has_gaps:
        return [filled]
    starts_empty = key is not None and key.value is None
    starts_filled = key is not None and key.value is not None
    if falling:
        return [empty] if starts_empty else [filled, empty]
    return [filled] if starts_filled else [empty, filled]


def beyond(column: Any, value: Any, falling: bool) -> Any:
    return column < value if falling else column > value


def sorting(order: Order, falling: bool) -> list:
    columns = [order.id] if order.is_by_id else [order.column, order.id]
    return [column.desc() if falling else column.asc() for column in columns]
