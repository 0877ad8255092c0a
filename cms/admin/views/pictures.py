"""The pictures of the site: to upload, to put into words, to copy into a text."""

from typing import Any

from flask import Response, flash, jsonify, redirect, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement

from cms.admin.groups import WRITE
from cms.admin.uploads import MOST_FILES, store_upload, store_uploads
from cms.admin.views.desk import Desk
from cms.admin.views.listing import Choice
from cms.db import session
from cms.errors import Refused, wants_json
from cms.models import Entry, Media
from cms.web import visitor

WORDS = {"missing": _l("missing"), "there": _l("there, or not needed")}
MOST_COVERS = 10


def has_words(value: str) -> ColumnElement[bool]:
    return Media.described == (value == "there")


class Pictures(Desk):
    group = WRITE
    noun, title, folder = Media, _l("Pictures"), "pictures"
    act = "manage pictures"
    takes_files = frozenset({"create_view", "upload"})
    column_list = ("filename",)
    column_searchable_list = ("filename", "alt")
    column_filters = (Choice("words", _l("Alternative text"), list(WORDS.items()), has_words),)

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Response | str | tuple[str, int]:
        if request.method != "POST":
            return self.ask_for_files()
        stored, problems = store_uploads(request.files.getlist("files"), visitor())
        if not stored:
            return self.ask_for_files(problems or [_("Choose at least one picture.")]), 422
        for problem in problems:
            flash(problem, "error")
        flash(ngettext("%(num)s picture is here.", "%(num)s pictures are here.", len(stored)))
        return redirect(self.url_of(stored[0]) if len(stored) == 1 else self.get_url(".index_view"), 303)

    def ask_for_files(self, problems: list[str] | None = None) -> str:
        return self.render("admin/pictures/new.html", problems=problems or [], most=MOST_FILES)

    @expose("/upload", methods=("POST",))
    def upload(self) -> tuple[Response, int]:
        """Keep the one ``file`` that an editor's script sends; always JSON."""
        try:
            return jsonify(self.told(store_upload(request.files.get("file"), visitor()))), 201
        except Refused as refusal:
            session.rollback()
            return jsonify(error=refusal.message), refusal.status

    @expose("/<int:id>/describe", methods=("POST",))
    def describe(self, id: int) -> Response | tuple[str, int]:
        thing, form = self.load(id), request.form
        words = {"alt": form.get("alt", ""), "credit": form.get("credit", "")}
        words["decorative"] = "decorative" in form
        try:
            thing.describe(by=visitor(), **words)
        except Refused as refusal:
            if wants_json():
                raise
            session.rollback()
            return self.show(self.load(id), problem=refusal.message, words=words), refusal.status
        if wants_json():
            return jsonify(self.told(thing))
        flash(_("The picture is described."))
        return redirect(self.url_of(thing), 303)

    def about(self, thing: Media) -> dict[str, Any]:
        made = [width for width in thing.widths if thing.file_of(width).is_file()]
        return {"made": made, "covers": Entry.with_cover(thing, MOST_COVERS)}

    def told(self, thing: Media) -> dict[str, Any]:
        """What a script needs to know of a picture."""
        fields = ("id", "url", "markdown", "alt", "decorative", "credit", "width", "height")
        addresses = {"preview": thing.preview_url, "describe": self.get_url(".describe", id=thing.id)}
        return {name: getattr(thing, name) for name in fields} | addresses
