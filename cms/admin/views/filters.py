"""What narrows a list down: options to choose from, and names to type."""

import json
from collections.abc import Callable
from typing import Any

from flask_admin.contrib.sqla.filters import BaseSQLAFilter
from flask_babel import LazyString
from sqlalchemy import ARRAY, ColumnElement, Integer, Select, any_, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Query

from cms.db import session
from cms.search.titles import Stretch

MOST_SIFTED = 5_000  # rows that a sieve lets through at once
LONGEST_TYPED = 200  # characters

Ids = Callable[[str, Stretch, int], list[int]]


class Choice(BaseSQLAFilter):
    """A filter with fixed options: ``condition(value)`` is what a row has to meet."""

    is_typed = False

    def __init__(self, key: str, label: str | LazyString, options, condition):
        super().__init__(column=None, name=label, options=options)
        self.key, self.condition = key, condition

    def validate(self, value: str | None) -> bool:
        return bool(value) and value in {option for option, _label in self.get_options(None) or ()}

    def apply(self, query: Query, value: str, alias: Any = None) -> Query:
        return query.filter(self.condition(value))

    def sifts(self, value: str) -> bool:
        """Whether rows with ``value`` are found by their numbers, and not by a condition."""
        return False

    def operation(self) -> str:
        return ""


class Sieve(Choice):
    """A filter that no index keeps in every order: ``ids(value, stretch, most)`` are the numbers of the rows.

    They come by number, from one end of the stretch, and are at most so many. With no options it is typed.
    Where there is a ``condition``, it stands for all values but those in ``sifted``.
    """

    def __init__(
        self,
        key: str,
        label: str | LazyString,
        options,
        ids: Ids,
        condition=None,
        sifted: tuple[str, ...] = (),
    ):
        super().__init__(key, label, options, condition)
        self.ids, self.sifted, self.is_typed = ids, sifted, options is None

    def sifts(self, value: str) -> bool:
        return self.condition is None or value in self.sifted

    def validate(self, value: str | None) -> bool:
        return 0 < len(value or "") <= LONGEST_TYPED if self.is_typed else super().validate(value)


def ids_in(column: InstrumentedAttribute, found: Select, stretch: Stretch, most: int) -> list[int]:
    """The first ``most`` numbers that ``column`` has in the stretch, where ``found`` selects it."""
    order = column.desc() if stretch.newest_first else column.asc()
    found = found.where(column > stretch.above, column < stretch.below)
    return list(session.scalars(found.order_by(order).limit(most)))


def among(column: InstrumentedAttribute, ids: list[int]) -> ColumnElement[bool]:
    """The condition that ``column`` is one of thousands of ``ids``, looked up by them in both databases."""
    if session.get_bind().dialect.name == "postgresql":
        numbers = select(func.unnest(bindparam(None, ids, ARRAY(Integer))))
        return column == any_(func.array(numbers.scalar_subquery()))
    numbers = func.json_each(json.dumps(ids)).table_valued("value")
    return column.in_(select(numbers.c.value))
