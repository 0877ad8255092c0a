"""Posts and pages: all that is done with one of them, beside their lists."""

from typing import Any

from flask import Blueprint, Response, current_app, redirect, request
from flask_admin import Admin, expose
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from cms.admin.entry_forms import PageForm, PostForm
from cms.admin.views.entry_lists import PageList, PostList
from cms.admin.views.history import History
from cms.admin.views.notes import Notes
from cms.admin.views.previews import Previews
from cms.admin.views.publishing import Publishing
from cms.admin.views.reviews import Reviewing
from cms.admin.views.texts import May, require
from cms.admin.views.writing import Writing
from cms.models import Entry
from cms.models.rights import may_edit, may_see
from cms.web import visitor

LARGEST_FORM = 5 * 2**20  # bytes


class OneText(Writing, History, Publishing, Reviewing, Notes, Previews):
    """The pages of one post or page."""

    @expose("/<int:id>/")
    def details_view(self, id: int) -> Response | str:
        """The text's page for those who may only read it; who may change it gets the form."""
        entry = self.load(id)
        if may_edit(visitor(), entry):
            return redirect(self.url_of(entry), 303)
        return self.show(entry)

    def load(self, id: int, may: May = may_see) -> Entry:
        """The text with this number; 404 where this person may not see it, 403 where they may not do more."""
        return require(super().load(id), may)

    def url_of(self, thing: Entry) -> str:
        return self.get_url(".edit_view" if may_edit(visitor(), thing) else ".details_view", id=thing.id)

    def show(self, thing: Entry, **context: Any) -> str:
        """The page of one text: the form for those who may change it."""
        if may_edit(visitor(), thing):
            return self.form_page(self.form_class(MultiDict(self.fields_of(thing))), thing, **context)
        return self.render("admin/entries/details.html", thing=thing, **self.about(thing), **context)

    def create_blueprint(self, admin: Admin) -> Blueprint:
        blueprint = super().create_blueprint(admin)
        blueprint.url_value_preprocessor(expect_long_texts)
        return blueprint


def expect_long_texts(_endpoint: str, _values: dict[str, Any]) -> None:
    """Accept a form that holds the longest text; the limits of the site are for the forms of anybody."""
    request.max_form_memory_size = LARGEST_FORM
    request.max_content_length = max(LARGEST_FORM, current_app.config["MAX_CONTENT_LENGTH"])


class Posts(OneText, PostList):
    form_class, new_title = PostForm, _l("New post")


class Pages(OneText, PageList):
    form_class, new_title = PageForm, _l("New page")
