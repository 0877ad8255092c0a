"""Saved searches: keeping the filter of a list under a name, renaming, sharing and removing it."""

from urllib.parse import parse_qsl, urlencode

from flask import Response, flash, redirect, request
from flask_admin import BaseView, expose
from flask_admin.form import BaseForm
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length

from cms.admin.views.desk import LARGEST_ID, Desk
from cms.admin.views.guard import Guarded
from cms.db import session
from cms.errors import Refused
from cms.models import SavedSearch
from cms.models.saved_search import LONGEST_NAME, LONGEST_QUERY
from cms.web import load, visitor


class SearchForm(BaseForm):
    name = StringField(_l("Name"), [DataRequired(_l("Give the search a name.")), Length(max=LONGEST_NAME)])
    shared = BooleanField(_l("Show it to everybody who may see this list"))


class NewSearchForm(SearchForm):
    desk = HiddenField(validators=[Length(max=40)])
    query = HiddenField(validators=[Length(max=LONGEST_QUERY)])


class Searches(Guarded, BaseView):
    def __init__(self):
        super().__init__(name=_l("Saved searches"), endpoint="admin_searches", url="searches")

    def is_visible(self) -> bool:
        return False

    @expose("/", methods=("POST",))
    def index(self) -> Response | tuple[str, int]:
        """Keep a search of a list."""
        form = NewSearchForm(request.form)
        desk = self.desk_called(form.desk.data or "")
        if desk is None:
            raise Refused(_("There is no such list."))
        query = told_by(desk, form.query.data or "")
        if form.validate():
            try:
                kept = SavedSearch.keep(desk.folder, form.name.data, query, form.shared.data, by=visitor())
            except Refused as refusal:
                session.rollback()
                form.form_errors.append(refusal.message)
            else:
                flash(_("The search “%(name)s” is saved.", name=kept.name))
                return redirect(address_of(desk, query), 303)
        return self.render("admin/searches/new.html", form=form, back=address_of(desk, query)), 422

    @expose("/<int:id>/edit/", methods=("GET", "POST"))
    def edit_view(self, id: int) -> Response | str | tuple[str, int]:
        search = self.load(id)
        form = SearchForm(request.form if request.method == "POST" else None, obj=search)
        back = address_of(self.desk_called(search.desk), search.query)
        if request.method == "POST" and form.validate():
            try:
                search.rename(form.name.data, form.shared.data, by=visitor())
                return redirect(back, 303)
            except Refused as refusal:
                session.rollback()
                form.form_errors.append(refusal.message)
        status = 422 if request.method == "POST" else 200
        return self.render("admin/searches/edit.html", form=form, back=back), status

    @expose("/<int:id>/delete/", methods=("GET", "POST"))
    def delete_view(self, id: int) -> Response | str:
        search = self.load(id)
        desk = self.desk_called(search.desk)
        if request.method != "POST":
            back = address_of(desk, search.query)
            return self.render("admin/searches/delete.html", form=BaseForm(), thing=search, back=back)
        search.remove(by=visitor())
        flash(_("The search “%(name)s” is removed.", name=search.name))
        return redirect(address_of(desk, ""), 303)

    def load(self, id: int) -> SavedSearch:
        """One of the visitor's own searches; 404 where there is none."""
        return load(SavedSearch.of(visitor()).where(SavedSearch.id == min(id, LARGEST_ID)))

    def desk_called(self, name: str) -> Desk | None:
        """The list with this name in its address, if the visitor may see it."""
        desks = (view for view in self.admin._views if isinstance(view, Desk) and view.is_accessible())
        return next((desk for desk in desks if desk.folder == name), None)


def address_of(desk: Desk | None, query: str) -> str:
    """The address of a list with this ``query``; the home page where there is no such list any more."""
    path = desk.get_url(f"{desk.endpoint}.index_view") if desk else "/admin/"
    return f"{path}?{query}" if query and desk else path


def told_by(desk: Desk, query: str) -> str:
    """What of ``query`` the list understands, in its order."""
    known = {"search", "sort", *(choice.key for _index, choice in desk.choices())}
    return urlencode([(name, value) for name, value in parse_qsl(query) if name in known])
