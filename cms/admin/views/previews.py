"""Links with which somebody without an account can read a draft."""

from typing import Any

from flask import Response, abort, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _

from cms.models import Entry
from cms.models.life import TRASHED
from cms.previews import LIFETIMES, link_to, preview_at
from cms.web import visitor


class Previews:
    """Adds making a link to a preview, and ending all that were made."""

    def about(self, thing: Entry) -> dict[str, Any]:
        url = f"{self.get_url('.index_view')}{thing.id}/previews/"
        is_useful = not thing.is_public_now and thing.stage != TRASHED
        return {**super().about(thing), "previews": {"url": url, "days": LIFETIMES, "is_useful": is_useful}}

    @expose("/<int:id>/previews/", methods=("POST",))
    def make_preview(self, id: int) -> str:
        entry, days = self.load(id), request.form.get("days", type=int)
        if days not in LIFETIMES:
            abort(422)
        entry.share_preview(days, by=visitor())
        link = link_to(entry, days)
        until = preview_at(link.rpartition("/")[2]).until
        return self.render("admin/entries/preview.html", thing=entry, link=link, until=until)

    @expose("/<int:id>/previews/end/", methods=("POST",))
    def end_previews(self, id: int) -> Response:
        entry = self.load(id)
        entry.end_previews(by=visitor())
        flash(_("No link to a preview of this text works any more."))
        return redirect(self.url_of(entry), 303)
