"""What the models share: moments in UTC, the record of a change, and the decorator of verbs."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import wraps
from hashlib import blake2b, sha256
from typing import Any

from blinker import NamedSignal
from flask import current_app
from sqlalchemy import DateTime, inspect
from sqlalchemy.types import TypeDecorator

from cms.db import session

UNREADABLE = re.compile("[\x00\ud800-\udfff]")
LONGEST_RECORDED_TEXT = 1000  # characters; of longer texts the record keeps length and digest


def now() -> datetime:
    """The current moment, with zone UTC."""
    return datetime.now(UTC)


def readable(text: str) -> str:
    """``text`` without the characters that no database keeps: NUL and lone surrogates."""
    return UNREADABLE.sub("", text)


def numbered(slug: str) -> Iterator[str]:
    """``slug``, then ``slug-2``, ``slug-3`` and so on."""
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


class Moment(TypeDecorator):
    """A point in time: aware of its zone in Python, UTC in every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Recorded:
    """A model whose verbs leave a record of what they changed."""

    unrecorded: frozenset[str] = frozenset({"updated_at"})
    personal: frozenset[str] = frozenset()  # recorded as digests: the record outlives the person's data
    recorded_names: tuple[str, ...] = ()  # further attributes, such as lists of related rows

    def snapshot(self) -> dict[str, Any]:
        """The recorded fields and their values, in JSON's types; of a new object none."""
        if inspect(self).transient:
            return {}
        columns = [column.key for column in inspect(type(self)).column_attrs]
        fields = {name: getattr(self, name) for name in columns if name not in self.unrecorded}
        fields |= {name: list(getattr(self, name)) for name in self.recorded_names}
        fields |= {name: digest(fields[name]) for name in self.personal if fields.get(name)}
        return {name: recorded(value) for name, value in fields.items()}


def recorded(value: Any) -> Any:
    """``value`` as the record keeps it: JSON's types, and of a long text only its measure."""
    match value:
        case None | bool() | int() | float():
            return value
        case str() if len(value) > LONGEST_RECORDED_TEXT:
            return {"characters": len(value), "sha256": sha256(value.encode("utf-8", "replace")).hexdigest()}
        case datetime():
            return value.isoformat()
        case dict():
            return {str(key): recorded(item) for key, item in value.items()}
        case list() | tuple():
            return [recorded(item) for item in value]
        case _:
            return str(value)


def digest(text: str) -> str:
    """What only this site can make of ``text``, and nobody can read again."""
    key = current_app.config["SECRET_KEY"].encode()[:64]
    return "#" + blake2b(text.encode(), key=key, digest_size=6).hexdigest()


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list]:
    """``{field: [before, after]}`` of what is not the same; of a new object only what holds something."""
    changed = {name: [before.get(name), after.get(name)] for name in sorted(before.keys() | after.keys())}
    if not before:
        return {name: pair for name, pair in changed.items() if pair[1]}
    return {name: pair for name, pair in changed.items() if pair[0] != pair[1]}


def sends(signal: NamedSignal) -> Callable:
    """Make a method a verb: it acts for ``by``, and ``signal`` tells what it changed.

    A verb that changed nothing is silent. The signal is sent after the flush, in the same transaction.
    """

    def decorate(method: Callable) -> Callable:
        @wraps(method)
        def verb(self, *args, by, **kwargs):
            before = self.snapshot()
            result = method(self, *args, by=by, **kwargs)
            session.flush()
            changes = difference(before, self.snapshot())
            if changes or not before:
                signal.send(self, event=signal.name, by=by, changes=changes)
            return result

        return verb

    return decorate
