"""Taking a list along as a file, as it is filtered: a stream of any length, and an event in the record."""

from collections.abc import Iterator
from typing import Any

from flask import Response, stream_with_context
from flask_admin import expose
from flask_admin.model.base import ViewArgs
from sqlalchemy.orm import Query

from cms import signals
from cms.admin.exports import FORMATS, Row, raw
from cms.admin.views.paging import Order, Place, Slice
from cms.db import only_read, session
from cms.models.base import digest, now
from cms.web import visitor

AT_ONCE = 500  # rows in memory


class Exporting:
    """Adds the files of a list. ``export_list`` names the attributes, else it is those of the list."""

    export_list: tuple[str, ...] | None = None

    @expose("/export.<any(csv, json):form>", methods=("POST",))
    def export_view(self, form: str) -> Response:
        """The rows that the address asks for, newest first, as a file of the ``form`` csv or json."""
        content_type, write = FORMATS[form]
        self.record_export(form)
        asked = self._get_list_extra_args()
        rows = self.export_rows(self.export_query(self.wanted(asked.search, asked.filters)), asked)
        answer = Response(stream_with_context(write(self.export_names(), rows)), content_type=content_type)
        name = f"{self.folder}-{now():%Y-%m-%d}.{form}"
        answer.headers.set("Content-Disposition", "attachment", filename=name)
        return answer

    def export_names(self) -> tuple[str, ...]:
        shown = (name for name in self.column_list or () if hasattr(self.model, name))
        return self.export_list or ("id", *(name for name in shown if name != "id"))

    def export_query(self, query: Query) -> Query:
        """``query`` with what the file holds besides the list."""
        return query

    def export_rows(self, wanted: Query, asked: ViewArgs) -> Iterator[Row]:
        """The rows of ``wanted``, which was made while the request knew who asks for it."""
        only_read()
        order, place = Order(self.model.id, self.model.id, True), Place()
        while place:
            sieving = self.sieving(asked.search, asked.filters)
            found = self.page_at(wanted.with_session(session()), order, place, sieving, AT_ONCE) or Slice([])
            yield from [self.export_row(row) for row in found.rows]
            place = Place(found.after) if found.after else None
            session.rollback()  # whoever reads slowly holds no snapshot of the database

    def export_row(self, row: Any) -> Row:
        return {name: raw(getattr(row, name)) for name in self.export_names()}

    def record_export(self, form: str) -> None:
        """Leave an event: who took which list, how narrowed down. What was typed may be somebody's name."""
        typed = {"search", *(choice.key for _index, choice in self.choices() if choice.is_typed)}
        asked = self.present()
        told = {name: digest(value) if name in typed else value for name, value in asked.items()}
        changes = {"desk": [None, self.folder], "filter": [None, told], "kind": [None, form]}
        signals.list_exported.send(visitor(), event=signals.list_exported.name, by=visitor(), changes=changes)
