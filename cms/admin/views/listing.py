"""Lists with readable addresses: ``?search=ada&role=editor&sort=-created_at&page=2``."""

from typing import Any

from flask import request
from flask_admin.contrib.sqla.filters import BaseSQLAFilter
from flask_admin.model.base import ViewArgs
from flask_babel import LazyString
from sqlalchemy import func, select
from sqlalchemy.orm import Query

from cms.db import session

ROWS = 25
MOST_COUNTED = 10_000
LONGEST_SEARCH = 100  # characters


class Choice(BaseSQLAFilter):
    """A filter with fixed options: ``condition(value)`` is what a row has to meet."""

    def __init__(self, key: str, label: str | LazyString, options, condition):
        super().__init__(column=None, name=label, options=options)
        self.key, self.condition = key, condition

    def validate(self, value: str | None) -> bool:
        return bool(value) and value in {option for option, _label in self.get_options(None) or ()}

    def apply(self, query: Query, value: str, alias: Any = None) -> Query:
        return query.filter(self.condition(value))

    def operation(self) -> str:
        return ""


class Listing:
    """How a `ModelView` reads the address of its list, writes it, and asks the database."""

    page_size = ROWS
    can_set_page_size = False
    simple_list_pager = True  # the list counts by itself, and not beyond what anybody pages through
    column_default_sort = ("id", True)
    column_sortable_list = ()
    column_auto_select_related = False

    def _get_list_extra_args(self) -> ViewArgs:
        sort = request.args.get("sort", "")
        last = MOST_COUNTED // ROWS - 1
        return ViewArgs(
            page=min(max(request.args.get("page", 1, type=int) - 1, 0), last),
            sort=sort.removeprefix("-") if sort.removeprefix("-") in self._sortable_columns else None,
            sort_desc=sort.startswith("-"),
            search=request.args.get("search", "")[:LONGEST_SEARCH].strip(),
            filters=self._get_list_filter_args(),
        )

    def _get_list_filter_args(self) -> list[tuple[int, str, str]]:
        chosen = ((index, choice, request.args.get(choice.key)) for index, choice in self.choices())
        return [(index, choice.key, value) for index, choice, value in chosen if choice.validate(value)]

    def _get_list_url(self, view_args: ViewArgs) -> str:
        sort = f"{'-' if view_args.sort_desc else ''}{view_args.sort}" if view_args.sort else None
        page = view_args.page + 1 if view_args.page else None
        filters = self._get_filters(view_args.filters)
        return self.get_url(".index_view", search=view_args.search, **filters, sort=sort, page=page)

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
        narrowing = ("search", "page", *(choice.key for _index, choice in self.choices()))
        return any(request.args.get(name) for name in narrowing)

    def get_list(self, page, sort_column, sort_desc, search, filters, execute=True, page_size=None):
        """``(count, rows)``; the count ends at one more than `MOST_COUNTED`."""
        _count, query = super().get_list(page, sort_column, sort_desc, search, filters, execute=False)
        wanted = query.enable_eagerloads(False).limit(None).offset(None).order_by(None)
        count = session.scalar(select(func.count()).select_from(wanted.limit(MOST_COUNTED + 1).subquery()))
        return count, query.all()

    def _apply_sorting(self, query, joins, sort_column, sort_desc):
        query, joins = super()._apply_sorting(query, joins, sort_column, sort_desc)
        return query.order_by(self.model.id.desc()), joins

    def render(self, template: str, **context) -> str:
        return super().render(template, most_counted=MOST_COUNTED, **context)
