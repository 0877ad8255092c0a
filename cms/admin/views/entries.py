"""Posts and pages: their lists, and all that is done with one of them."""

from typing import Any

from flask import Blueprint, Response, current_app, redirect, request
from flask_admin import Admin, expose
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from cms.admin.entry_forms import PageForm, PostForm
from cms.admin.groups import WRITE
from cms.admin.views.desk import Desk
from cms.admin.views.history import History
from cms.admin.views.notes import Notes
from cms.admin.views.previews import Previews
from cms.admin.views.publishing import Publishing
from cms.admin.views.reviews import Reviewing
from cms.admin.views.texts import require
from cms.admin.views.writing import Writing
from cms.models import Entry, Page, Post
from cms.models.rights import may_edit
from cms.web import visitor

LARGEST_FORM = 5 * 2**20  # bytes
STATES = {
    "draft": _l("draft"),
    "review": _l("in review"),
    "scheduled": _l("scheduled"),
    "published": _l("published"),
    "archived": _l("archived"),
    "trashed": _l("in the trash"),
}


class Entries(Writing, History, Publishing, Reviewing, Notes, Previews, Desk):
    """What posts and pages have in common."""

    group = WRITE
    column_list = ("title", "state", "updated_at")
    column_labels = {"title": _l("Title"), "state": _l("State"), "updated_at": _l("Last change")}

    @expose("/<int:id>/")
    def details_view(self, id: int) -> Response | str:
        """The text's page for those who may only read it; who may change it gets the form."""
        entry = self.load(id)
        if may_edit(visitor(), entry):
            return redirect(self.url_of(entry), 303)
        return self.show(entry)

    def load(self, id: int) -> Entry:
        """The text with this number; 404 where there is none that this person may see."""
        return require(super().load(id))

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

    def render(self, template: str, **context: Any) -> str:
        return super().render(template, states=STATES, **context)


def expect_long_texts(_endpoint: str, _values: dict[str, Any]) -> None:
    """Accept a form that holds the longest text; the limits of the site are for the forms of anybody."""
    request.max_form_memory_size = LARGEST_FORM
    request.max_content_length = max(LARGEST_FORM, current_app.config["MAX_CONTENT_LENGTH"])


class Posts(Entries):
    noun, title, folder, act = Post, _l("Posts"), "posts", Post.write_act
    form_class, new_title = PostForm, _l("New post")


class Pages(Entries):
    noun, title, folder, act = Page, _l("Pages"), "pages", Page.write_act
    form_class, new_title = PageForm, _l("New page")
