"""The review of a text: asked for by who wrote it, answered by somebody else."""

from datetime import datetime
from typing import Any

from flask import Response, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _

from cms.admin.moments import local_moment
from cms.admin.views.texts import refused
from cms.errors import Refused
from cms.models import Entry
from cms.models.life import DRAFT
from cms.models.note import LONGEST_NOTE
from cms.models.rights import may_edit, may_review
from cms.web import visitor

ACTS = ("submit", "send-back", "publish")


class Reviewing:
    """Adds sending for review and sending back; approving a text is publishing it, as its reviewer."""

    def about(self, thing: Entry) -> dict[str, Any]:
        review = {
            "may_submit": thing.stage == DRAFT and may_edit(visitor(), thing),
            "may_wish": not thing.has_been_public,
            "may_review": may_review(visitor(), thing),
            "urls": {act: f"{self.get_url('.index_view')}{thing.id}/{act}/" for act in ACTS},
            "longest": LONGEST_NOTE,
        }
        return {**super().about(thing), "review": review}

    @expose("/<int:id>/submit/", methods=("POST",))
    def submit(self, id: int) -> Response | tuple[str, int]:
        entry = self.load(id, may_edit)
        try:
            entry.submit(by=visitor(), at=wished_moment())
        except Refused as refusal:
            return refused(self, id, refusal)
        flash(_("It is sent for review. Those who can approve it are told by mail."))
        return redirect(self.url_of(entry), 303)

    @expose("/<int:id>/send-back/", methods=("POST",))
    def send_back(self, id: int) -> Response | tuple[str, int]:
        entry = self.load(id, may_review)
        try:
            entry.send_back(request.form.get("remarks", ""), by=visitor())
        except Refused as refusal:
            return refused(self, id, refusal)
        flash(_("It is sent back with your remarks."))
        return redirect(self.url_of(entry), 303)


def wished_moment() -> datetime | None:
    """The moment at which the text should appear, if one was asked for."""
    return local_moment(request.form.get("at", ""))
