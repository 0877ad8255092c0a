"""What every noun of the back office has: a list, and a page for each of its rows."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect, request
from flask_admin import expose
from flask_admin.contrib.sqla import ModelView
from flask_admin.form import BaseForm
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict

from cms.admin.views.exporting import Exporting
from cms.admin.views.guard import Guarded
from cms.admin.views.listing import Listing
from cms.db import db, session
from cms.errors import Refused
from cms.web import visitor

LARGEST_ID = 2**31 - 1


class Desk(Exporting, Listing, Guarded, ModelView):
    """The list of ``noun`` and its pages. Writing is left to verbs: what Flask-Admin would write by itself
    (forms of every column, inline edits, bulk deletes) has no route.
    """

    noun: type
    title: str
    folder: str  # in its address, and of its templates
    form = BaseForm
    can_create = can_edit = can_delete = False
    create_view = edit_view = delete_view = None
    export = ajax_lookup = ajax_update = action_view = action_delete = None

    def __init__(self):
        self.list_template = f"admin/{self.templates}/list.html"
        super().__init__(self.noun, db, name=self.title, endpoint=f"admin_{self.folder}", url=self.folder)

    @property
    def templates(self) -> str:
        """The folder of its pages, which desks of one sort may share."""
        return self.folder

    @expose("/<int:id>/")
    def details_view(self, id: int) -> str:
        return self.show(self.load(id))

    def load(self, id: int) -> Any:
        """The row with this id; 404 where there is none."""
        return (session.get(self.model, id) if id <= LARGEST_ID else None) or abort(404)

    def show(self, thing: Any, **context) -> str:
        """The page of one row; ``problem`` says why something was refused."""
        return self.render(
            f"admin/{self.templates}/details.html", thing=thing, **self.about(thing), **context
        )

    def about(self, thing: Any) -> dict[str, Any]:
        """What the page of a row shows besides the row."""
        return {}

    def url_of(self, thing: Any) -> str:
        return self.get_url(".details_view", id=thing.id)

    def sent(self) -> MultiDict | None:
        """What came with a form that was sent."""
        return request.form if request.method == "POST" else None

    def do(self, id: int, verb: Callable, said: str) -> Response | tuple[str, int]:
        """Do ``verb`` with the row and go back to its page; a refusal is told on that page."""
        thing = self.load(id)
        try:
            verb(thing, by=visitor())
        except Refused as refusal:
            session.rollback()
            return self.show(self.load(id), problem=refusal.message), refusal.status
        flash(said)
        return redirect(self.url_of(thing), 303)

    def fill_in(
        self, form: BaseForm, save: Callable, template: str, **context
    ) -> Response | str | tuple[str, int]:
        """Show a form; when it was sent, ``save`` and go on. What can't be saved is shown again as typed.

        404 where somebody else has removed the ``thing`` of the form meanwhile.
        """
        id = context["thing"].id if "thing" in context else None
        if request.method != "POST":
            return self.render(f"admin/{self.templates}/{template}", form=form, **context)
        if form.validate():
            try:
                return redirect(save(), 303)
            except Refused as refusal:
                session.rollback()
                form.form_errors.append(refusal.message)
                context |= {"thing": self.load(id)} if id else {}
            except StaleDataError:
                abort(404)
        return self.render(f"admin/{self.templates}/{template}", form=form, **context), 422


class Creating:
    """Adds the page that makes a new row: the form is ``create_form``, the verb `create_model`."""

    can_create = True

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Response | str | tuple[str, int]:
        form = self.create_form()
        return self.fill_in(form, lambda: self.url_of(self.create_model(form)), "new.html")


class Editing:
    """Adds the page that changes a row: the form is ``edit_form``, the verb `update_model`."""

    can_edit = True

    @expose("/<int:id>/edit/", methods=("GET", "POST"))
    def edit_view(self, id: int) -> Response | str | tuple[str, int]:
        thing = self.load(id)
        form = self.edit_form(obj=thing)

        def save() -> str:
            self.update_model(form, thing)
            return self.url_of(thing)

        return self.fill_in(form, save, "edit.html", thing=thing)


class Removing:
    """Adds the page that asks before a row is removed; the verb is `delete_model`."""

    can_delete = True

    @expose("/<int:id>/delete/", methods=("GET", "POST"))
    def delete_view(self, id: int) -> Response | str | tuple[str, int]:
        thing = self.load(id)

        def save() -> str:
            self.delete_model(thing)
            return self.get_url(".index_view")

        return self.fill_in(BaseForm(self.sent()), save, "delete.html", thing=thing)
