"""Snippets: texts to be used again."""

from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from cms import markup
from cms.admin.groups import WRITE
from cms.admin.subject_forms import SnippetForm
from cms.admin.views.desk import Creating, Desk, Editing, Removing
from cms.db import session
from cms.models import Snippet
from cms.models.snippet import LONGEST_SNIPPET
from cms.web import visitor


class Snippets(Creating, Editing, Removing, Desk):
    group = WRITE
    noun, title, folder = Snippet, _l("Snippets"), "snippets"
    act = "manage snippets"
    column_list = ("name", "body")
    column_labels = {"name": _l("Name"), "body": _l("Begins")}
    column_sortable_list = ("name",)
    column_searchable_list = ("name", "body")

    def about(self, thing: Snippet) -> dict[str, Any]:
        return {"rendered": rendered(thing.body)}

    def fill_in(self, form, save, template: str, **context) -> Response | str | tuple[str, int]:
        """The same, with a look at what the text will be where that was asked for."""
        if "preview" not in request.form:
            return super().fill_in(form, save, template, **context)
        session.rollback()  # nothing is saved, and the form's key can still be used
        if "thing" in context:
            context["thing"] = self.load(context["thing"].id)
        shown = rendered((form.body.data or "")[:LONGEST_SNIPPET])
        return self.render(f"admin/{self.templates}/{template}", form=form, rendered=shown, **context)

    def create_form(self, obj: Snippet | None = None) -> SnippetForm:
        return SnippetForm(self.sent())

    def edit_form(self, obj: Snippet | None = None) -> SnippetForm:
        return SnippetForm(self.sent(), obj=obj)

    def create_model(self, form: SnippetForm) -> Snippet:
        snippet = Snippet.write(by=visitor(), name=form.name.data, body=form.body.data)
        flash(_("“%(name)s” is made.", name=snippet.name))
        return snippet

    def update_model(self, form: SnippetForm, model: Snippet) -> None:
        model.revise(by=visitor(), name=form.name.data, body=form.body.data)
        flash(_("“%(name)s” is saved. Posts that hold a copy stay as they are.", name=model.name))

    def delete_model(self, model: Snippet) -> None:
        model.remove(by=visitor())
        flash(_("“%(name)s” is in the trash. It can be brought back for 30 days.", name=model.name))


def rendered(body: str) -> Markup:
    """The text as readers will see it."""
    return Markup(markup.render(body, trusted=True).html)  # noqa: S704 (cleaned by the renderer)
