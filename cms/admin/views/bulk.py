"""Acting on many rows of a list at once: those that are ticked, or the whole page."""

from typing import Any

from flask import Response, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _
from sqlalchemy import select

from cms.admin.bulk import Action, Outcome, carry_out, thing_for
from cms.admin.views.listing import ROWS
from cms.db import session
from cms.errors import Refused
from cms.models.rights import seen_by
from cms.web import visitor

LARGEST_ID = 2**31 - 1
LONGEST_NAME = 200  # characters


class Bulk:
    """Adds the form that acts on many rows; ``bulk_actions`` are those that it offers."""

    bulk_actions: dict[str, Action] = {}

    @expose("/bulk/", methods=("POST",))
    def bulk_view(self) -> Response | tuple[str, int]:
        """Do what was chosen, and show the list again; what was refused is told above it, by title."""
        try:
            outcome = self.act_on(self.chosen_ids())
        except Refused as refusal:
            session.rollback()
            return self.list_again(problem=refusal.message), refusal.status
        if outcome.refused:
            return self.list_again(outcome=outcome), 200 if outcome.done else 422
        flash(outcome.said)
        return redirect(self.get_url(".index_view", **self.here()), 303)

    def act_on(self, ids: list[int]) -> Outcome:
        action = self.bulk_actions.get(request.form.get("action", ""))
        if action is None or not ids:
            raise Refused(_("Tick what you mean, and choose what to do with it."))
        seen = self.model.id.in_(ids), seen_by(visitor(), self.model)
        found = session.scalars(select(self.model).where(*seen).order_by(self.model.id)).unique().all()
        if not found:
            raise Refused(_("None of what you ticked is there any more."))
        name = request.form.get("tag", "")[:LONGEST_NAME]
        thing = thing_for(action, name, request.form.get("category", ""), by=visitor())
        return carry_out(action, found, thing, by=visitor())

    def chosen_ids(self) -> list[int]:
        """The rows that are ticked, or all that the page showed; at most a page of them."""
        sent = request.form.getlist("shown" if request.form.get("all") else "chosen")[:ROWS]
        numbers = [int(text) for text in sent if text.isascii() and text.isdecimal() and len(text) < 11]
        return [number for number in numbers if number <= LARGEST_ID]

    def list_again(self, **context: Any) -> str:
        """The list as it was, with all that was ticked and typed."""
        self._template_args.update(chosen=set(self.chosen_ids()), **context)
        return self.index_view()

    def render(self, template: str, **context: Any) -> str:
        more = {"bulk_actions": self.bulk_actions, "bulk_categories": self.bulk_categories()}
        return super().render(template, **more, **context)

    def bulk_categories(self) -> list[tuple[str, str]] | None:
        """``(number, name)`` of the categories to choose from; None where the rows have none."""
        return None
