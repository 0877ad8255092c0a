"""Lists with readable addresses: ``?search=ada&role=editor&sort=username&after=adam~7``."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_admin.model.base import ViewArgs
from sqlalchemy import func, select
from sqlalchemy.orm import Query

from cms.admin.views.filters import MOST_SIFTED, Choice, Sieve, among
from cms.admin.views.paging import END, Order, Place, Slice, turn_to
from cms.admin.views.sifting import Sieving, Sifted
from cms.db import session
from cms.models import SavedSearch
from cms.search.titles import Stretch
from cms.web import visitor

__all__ = ["Choice", "Listing", "Sieve"]

ROWS = 25
MOST_COUNTED = 10_000
LONGEST_SEARCH = 100  # characters
TURNING = ("after", "before")  # what in an address turns the pages of a list, and narrows nothing down


class Listing:
    """How a `ModelView` reads the address of its list, writes it, and asks the database."""

    page_size = ROWS
    can_set_page_size = False
    simple_list_pager = True  # the list counts by itself, and not beyond what anybody pages through
    column_default_sort = ("id", True)
    column_sortable_list = ()
    column_auto_select_related = False
    default_order_label = None  # in place of "newest first"
    line_index: str | None = None  # of SQLite: holds all by which sifted rows are filtered and sorted
    search_ids = None  # the search as a sieve: see `Sieve`

    # What the address says

    def _get_list_extra_args(self) -> ViewArgs:
        sort = request.args.get("sort", "")
        return ViewArgs(
            sort=sort.removeprefix("-") if sort.removeprefix("-") in self._sortable_columns else None,
            sort_desc=sort.startswith("-"),
            search=request.args.get("search", "")[:LONGEST_SEARCH].strip(),
            filters=self._get_list_filter_args(),
        )

    def _get_list_filter_args(self) -> list[tuple[int, str, str]]:
        chosen = ((index, choice, request.args.get(choice.key)) for index, choice in self.choices())
        return [(index, choice.key, value) for index, choice, value in chosen if choice.validate(value)]

    def _get_list_url(self, view_args: ViewArgs) -> str:
        return self.get_url(".index_view", **self.arguments(view_args))

    def arguments(self, view_args: ViewArgs) -> dict[str, str]:
        """What of the address says which rows are listed, and in which order."""
        sort = f"{'-' if view_args.sort_desc else ''}{view_args.sort}" if view_args.sort else None
        found = {"search": view_args.search, **self._get_filters(view_args.filters), "sort": sort}
        return {name: value for name, value in found.items() if value}

    def present(self) -> dict[str, str]:
        """What the address of this page says of the rows and their order."""
        return self.arguments(self._get_list_extra_args())

    def here(self) -> dict[str, str]:
        """The same with the place in the list, so that it leads to this very page."""
        return self.present() | {name: request.args[name] for name in TURNING if name in request.args}

    def _get_filters(self, filters: list[tuple[int, str, str]] | None) -> dict[str, str]:
        return {key: value for _index, key, value in filters or ()}

    def _get_column_by_idx(self, idx: str | None) -> tuple[str, str] | None:
        """The column that ``sort`` names; Flask-Admin would have it say the column's number."""
        return (idx, idx) if idx else None

    def _refresh_filters_cache(self) -> None:
        """Keep the filters; their options are asked for by each page, and not when the app starts."""
        self._filters, self._filter_groups, self._filter_args = self.column_filters, None, None

    def choices(self) -> list[tuple[int, Choice]]:
        return list(enumerate(self._filters or ()))

    def is_searched(self) -> bool:
        """Whether the list is narrowed down, so that an empty one does not mean that there is nothing."""
        narrowing = ("search", *TURNING, *(choice.key for _index, choice in self.choices()))
        return any(request.args.get(name) for name in narrowing)

    def orders(self) -> list[tuple[str, str]]:
        """``(value, label)`` of every order that can be chosen."""
        labels = [(name, self.get_column_name(name)) for name in self._sortable_columns]
        return [(f"{sign}{name}", f"{label} {arrow}") for name, label in labels for sign, arrow in DIRECTIONS]

    def sorts_unseen(self) -> bool:
        """Whether the list can be sorted by something that it has no column for."""
        return not self._sortable_columns.keys() <= set(self.column_list or ())

    # What the database answers

    def get_list(self, page, sort_column, sort_desc, search, filters, execute=True, page_size=None):
        """``(count, rows)``; the count ends at one more than `MOST_COUNTED`."""
        order = self.order(sort_column, sort_desc)
        query, sieving = self.wanted(search, filters), self.sieving(search, filters)
        count, is_cut = self.count(query, sieving)
        found = self.turn(query, order, Place.asked_for(order), sieving)
        self._template_args.update(pager=self.pager(found), order=order, is_cut=is_cut)
        self._template_args.update(present=self.present(), search_of_now=urlencode(self.present()))
        self._template_args.update(searches=SavedSearch.for_user(visitor(), self.folder))
        return count, found.rows

    def order(self, name: str | None, descending: bool) -> Order:
        if name:
            column = self._sortable_columns[name]
        else:
            [(column, _joins, descending), *_others] = self._get_default_order()
        column = column[0] if isinstance(column, list) else column
        return Order(getattr(self.model, column.key), self.model.id, bool(descending))

    def wanted(self, search: str | None, filters: list[tuple[int, str, str]]) -> Query:
        """The rows that the search and the filters leave, in no order; sieves are still to be applied."""
        searched = None if self.search_ids else search
        plain = [
            (index, key, value) for index, key, value in filters if not self._filters[index].sifts(value)
        ]
        _count, query = super().get_list(None, None, False, searched, plain, execute=False, page_size=0)
        return query

    def _apply_sorting(
        self, query: Query, joins: dict, _column: Any, _descending: bool
    ) -> tuple[Query, dict]:
        """Leave the order to the paging, which adds it to what is wanted."""
        return query, joins

    def sieving(self, search: str | None, filters: list[tuple[int, str, str]]) -> Sieving:
        """The sieves that the search and the filters use."""
        used = [(self._filters[index], value) for index, _key, value in filters]
        sieves = [(choice.ids, value) for choice, value in used if choice.sifts(value)]
        return Sieving([*sieves, (self.search_ids, search)] if self.search_ids and search else sieves)

    def count(self, query: Query, sieving: Sieving) -> tuple[int, bool]:
        """How many rows there are, and whether sieves let through only the newest of them."""
        narrow = query.enable_eagerloads(False).with_entities(self.model.id)
        numbers = self.lines(query, sieving.sift(Stretch())) if sieving else narrow
        limited = numbers.limit(MOST_COUNTED + 1).subquery()
        count = session.scalar(select(func.count()).select_from(limited))
        is_cut = bool(sieving) and sieving.sift(Stretch()).reach is not None
        return (MOST_COUNTED + 1 if is_cut and count == MOST_SIFTED else count), is_cut

    def turn(self, query: Query, order: Order, place: Place, sieving: Sieving) -> Slice:
        """The page at ``place``, or at the end of the list that is nearer than a page."""
        found = self.page_at(query, order, place, sieving, self.page_size)
        other_end = Place(backwards=not place.backwards)
        return found or self.page_at(query, order, other_end, sieving, self.page_size)

    def page_at(self, query: Query, order: Order, place: Place, sieving: Sieving, size: int) -> Slice | None:
        """`turn_to`, sifted. By number, sieves look further with each page; else at the newest rows only."""
        if not sieving:
            return turn_to(query, order, place, size)
        sifted = sieving.sift(stretch_of(order, place) if order.is_by_id else Stretch())
        lines = self.lines(query, sifted, order.column)
        found = turn_to(lines, order, place, size, sifted.reach if order.is_by_id else None)
        return found and replace(found, rows=self.rows_of(found.rows, query))

    def lines(self, query: Query, sifted: Sifted, *columns: Any) -> Query:
        """The numbers of the rows that ``query`` and the sieves let through, with these ``columns``."""
        narrow = query.enable_eagerloads(False).with_entities(self.model.id, *columns)
        if self.line_index:
            narrow = narrow.with_hint(self.model, f"INDEXED BY {self.line_index}", "sqlite")
        return narrow.filter(among(self.model.id, sifted.ids))

    def rows_of(self, lines: list, query: Query) -> list:
        """The rows of which there are ``lines``, in their order."""
        rows = {row.id: row for row in query.filter(self.model.id.in_([line.id for line in lines]))}
        return [rows[line.id] for line in lines if line.id in rows]

    def pager(self, found: Slice) -> dict[str, str]:
        """The addresses of the pages around this one."""
        places = {}
        if found.before:
            places |= {"first": {}, "before": {"before": str(found.before)}}
        if found.after:
            places |= {"after": {"after": str(found.after)}, "last": {"before": END}}
        return {
            name: self.get_url(".index_view", **self.present(), **place) for name, place in places.items()
        }

    def render(self, template: str, **context) -> str:
        return super().render(template, most_counted=MOST_COUNTED, most_sifted=MOST_SIFTED, **context)


DIRECTIONS = (("", "↑"), ("-", "↓"))


def stretch_of(order: Order, place: Place) -> Stretch:
    """The rows behind ``place``, in the direction in which it is read."""
    falling = order.descending != place.backwards
    if place.key is None:
        return Stretch(newest_first=falling)
    return Stretch(below=place.key.id) if falling else Stretch(above=place.key.id, newest_first=False)
