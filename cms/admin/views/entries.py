"""Posts and pages, for trying what stands beside them."""

from typing import Any

from flask_admin import expose
from flask_babel import lazy_gettext as _l

from cms.admin.proofreading import proofread
from cms.admin.views.desk import Desk
from cms.admin.views.notes import Notes
from cms.admin.views.previews import Previews
from cms.admin.views.reviews import Reviewing
from cms.admin.views.texts import require
from cms.models import Page, Post


class Entries(Reviewing, Notes, Previews, Desk):
    column_list = ("title", "stage")
    details_view = None

    def __init__(self):
        super().__init__()

    def load(self, id: int):
        return require(super().load(id))

    @expose("/<int:id>/edit/")
    def edit_view(self, id: int) -> str:
        return self.show(self.load(id))

    def show(self, thing, **context) -> str:
        return self.render("admin/entries/details.html", thing=thing, **self.about(thing), **context)

    def render(self, template, **context):
        return super().render(template.replace("posts/", "entries/").replace("pages/", "entries/"), **context)

    def about(self, thing) -> dict[str, Any]:
        return {**super().about(thing), "findings": proofread(thing)}

    def url_of(self, thing):
        return self.get_url(".edit_view", id=thing.id)


class Posts(Entries):
    noun, title, folder, act = Post, _l("Posts"), "posts", "write posts"


class Pages(Entries):
    noun, title, folder, act = Page, _l("Pages"), "pages", "write pages"
