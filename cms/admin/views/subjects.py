"""Subjects: tags, categories, series and authors. What can be done with one can be done with all of them."""

from typing import Any

from flask import Response, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cms.admin.groups import SUBJECTS
from cms.admin.subject_forms import AuthorForm, SubjectForm
from cms.admin.subjects import others, parts_of, term_called
from cms.admin.views.desk import Creating, Desk, Editing, Removing
from cms.db import session
from cms.errors import Refused
from cms.models import Author, Category, Series, Tag
from cms.models.shelf import MOST_COUNTED, SHELVES
from cms.models.term import Term
from cms.web import visitor

LONGEST_ASKED = 200  # characters


class Subjects(Creating, Editing, Removing, Desk):
    group = SUBJECTS
    act = "manage subjects"
    templates = "subjects"
    subject_form = SubjectForm
    new: str  # what the button and the page for a new one say
    nothing: str  # what an empty list says
    column_list = ("name", "slug", "posts")
    column_labels = {"name": _l("Name"), "slug": _l("Address"), "posts": _l("Posts")}
    column_sortable_list = ("name", "slug")
    column_searchable_list = ("name", "slug")

    def get_list(self, *args, **kwargs) -> tuple[int, list[Term]]:
        count, terms = super().get_list(*args, **kwargs)
        self._template_args["posts"] = SHELVES[self.noun].counts([term.id for term in terms])
        return count, terms

    def render(self, template: str, **context) -> str:
        return super().render(template, most_posts=MOST_COUNTED, **context)

    def about(self, thing: Term) -> dict[str, Any]:
        return {"posts": SHELVES[self.noun].counts([thing.id])}

    def fill_in(self, form, save, template: str, **context) -> Response | str | tuple[str, int]:
        if thing := context.get("thing"):
            context["posts"] = SHELVES[self.noun].counts([thing.id])
        return super().fill_in(form, save, template, **context)

    def create_form(self, obj: Term | None = None) -> SubjectForm:
        return self.subject_form(self.sent())

    def edit_form(self, obj: Term | None = None) -> SubjectForm:
        return self.subject_form(self.sent(), obj=obj)

    def create_model(self, form: SubjectForm) -> Term:
        term = self.noun.make(by=visitor(), **form.fields())
        flash(_("“%(name)s” is made.", name=term.name))
        return term

    def update_model(self, form: SubjectForm, model: Term) -> None:
        before = model.url
        model.save(by=visitor(), **form.fields())
        if model.url == before:
            flash(_("“%(name)s” is saved.", name=model.name))
        else:
            told = {"name": model.name, "old": before, "new": model.url}
            flash(_("“%(name)s” is saved. %(old)s leads to %(new)s from now on.", **told))

    def delete_model(self, model: Term) -> None:
        model.remove(by=visitor())
        flash(_("“%(name)s” is in the trash. It can be brought back for 30 days.", name=model.name))

    @expose("/<int:id>/merge/", methods=("GET", "POST"))
    def merge_view(self, id: int) -> Response | str | tuple[str, int]:
        """Ask into which one; then, with the numbers in sight, whether really."""
        thing = self.load(id)
        asked = request.values.get("into", "")[:LONGEST_ASKED]
        try:
            into = self.other(asked, thing) if asked else None
            if into and request.method == "POST":
                return self.merge(thing, into)
        except Refused as refusal:
            session.rollback()
            return self.ask_where(self.load(id), asked=asked, problem=refusal.message), refusal.status
        return self.ask_whether(thing, into) if into else self.ask_where(thing)

    def other(self, asked: str, thing: Term) -> Term:
        into = term_called(self.noun, asked)
        if into is thing:
            raise Refused(_("Choose another one to merge it into."))
        return into

    def merge(self, thing: Term, into: Term) -> Response:
        name = thing.name
        thing.merge(into=into, by=visitor())
        flash(_("“%(name)s” is merged into “%(into)s”; it lies in the trash.", name=name, into=into.name))
        return redirect(self.url_of(into), 303)

    def ask_where(self, thing: Term, **context) -> str:
        template = f"admin/{self.templates}/merge.html"
        return self.render(template, thing=thing, into=None, others=others(thing), **context)

    def ask_whether(self, thing: Term, into: Term) -> str:
        shelf = SHELVES[self.noun]
        numbers = {"posts": shelf.counts([thing.id, into.id]), "shared": shelf.shared(thing.id, into.id)}
        return self.render(f"admin/{self.templates}/merge.html", thing=thing, into=into, **numbers)


class Tags(Subjects):
    noun, title, folder, new = Tag, _l("Tags"), "tags", _l("New tag")
    nothing = _l("There are no tags yet. Make one here, or type one beside a post.")


class Categories(Subjects):
    noun, title, folder, new = Category, _l("Categories"), "categories", _l("New category")
    nothing = _l("There are no categories yet. A post has one at most: make a few for the large themes.")


class Authors(Subjects):
    noun, title, folder, new = Author, _l("Authors"), "authors", _l("New author")
    nothing = _l("There are no authors yet. An author is a name above a post, with an account or without.")
    subject_form = AuthorForm


class SeriesDesk(Subjects):
    noun, title, folder, new = Series, _l("Series"), "series", _l("New series")
    nothing = _l("There are no series yet. A series holds posts that are read one after the other.")

    def about(self, thing: Series) -> dict[str, Any]:
        focus = {"id": request.args.get("moved", 0, type=int), "way": request.args.get("way")}
        return super().about(thing) | {"parts": parts_of(thing), "focus": focus}

    @expose("/<int:id>/order/", methods=("POST",))
    def order_posts(self, id: int) -> Response | tuple[str, int]:
        """Give a post another place in the series."""
        thing = self.load(id)
        post, to = (request.form.get(name, 0, type=int) for name in ("item", "to"))
        try:
            place = thing.move(post, to, by=visitor())
        except Refused as refusal:
            session.rollback()
            return self.show(self.load(id), problem=refusal.message), refusal.status
        flash(_("The post is now part %(n)d of the series.", n=place))
        return redirect(self.get_url(".details_view", id=id, moved=post, way=request.args.get("way")), 303)
