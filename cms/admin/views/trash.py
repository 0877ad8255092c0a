"""The trash: what was removed, who did it, and the way back."""

from typing import Any

from flask import Response, abort, flash, redirect, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Query, joinedload

from cms.admin.events import PAGES
from cms.admin.groups import WRITE
from cms.admin.trashed_texts import heaps_of
from cms.admin.views.desk import Desk
from cms.admin.views.guard import ENTER
from cms.admin.views.listing import Choice
from cms.admin.words import kind_of
from cms.db import session
from cms.errors import Refused
from cms.models import Trashed
from cms.models.role import can
from cms.web import visitor

ACT_OF = {
    "tag": "manage subjects",
    "category": "manage subjects",
    "series": "manage subjects",
    "author": "manage subjects",
    "menuitem": "manage menus",
    "redirect": "manage redirects",
    "snippet": "manage snippets",
}


def kinds_for(user) -> list[str]:
    """The kinds of things that somebody may bring back: those that they may remove."""
    return [kind for kind, act in ACT_OF.items() if can(user, act)]


def offered_kinds() -> list[tuple[str, str]]:
    return [(kind, kind_of(kind)) for kind in kinds_for(visitor())]


class Trash(Desk):
    group = WRITE
    noun, title, folder = Trashed, _l("Trash"), "trash"
    act = ENTER
    column_list = ("name", "kind", "actor", "at", "gone_at")
    column_labels = {
        "name": _l("Name"),
        "kind": _l("Kind"),
        "actor": _l("Removed by"),
        "at": _l("When"),
        "gone_at": _l("Gone for good"),
    }
    column_searchable_list = ("name",)
    column_filters = (Choice("kind", _l("Kind"), offered_kinds, lambda kind: Trashed.kind == kind),)

    def is_accessible(self) -> bool:
        return super().is_accessible() and bool(kinds_for(visitor()))

    def get_query(self) -> Query:
        mine = Trashed.kind.in_(kinds_for(visitor()))
        return super().get_query().filter(mine).options(joinedload(Trashed.actor))

    def load(self, id: int) -> Trashed:
        trashed = super().load(id)
        return trashed if trashed.kind in kinds_for(visitor()) else abort(404)

    def render(self, template: str, **context) -> str:
        return super().render(template, kind_of=kind_of, heaps=heaps_of(visitor()), **context)

    def about(self, thing: Trashed) -> dict[str, Any]:
        links = thing.data["links"].get("places", [])
        return {"fields": thing.data["fields"], "posts": len(links)}

    @expose("/<int:id>/restore/", methods=("POST",))
    def restore(self, id: int) -> Response | tuple[str, int]:
        trashed = self.load(id)
        try:
            thing, kind = trashed.restore(by=visitor()), trashed.kind
        except Refused as refusal:
            session.rollback()
            return self.show(self.load(id), problem=refusal.message), refusal.status
        flash(_("“%(name)s” is back.", name=thing))
        return redirect(url_for(PAGES[kind][1], id=thing.id), 303)
