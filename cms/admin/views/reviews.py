"""The review of a text: asked for by who wrote it, answered by somebody else."""

from typing import Any

from flask import Response, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _

from cms.admin.views.texts import refused, require, shown_in_form
from cms.errors import Refused
from cms.models import Entry
from cms.models.life import DRAFT
from cms.models.note import LONGEST_NOTE
from cms.models.rights import may_edit, may_review
from cms.web import visitor


class Reviewing:
    """Adds sending back; a text is sent for review, and approved, on the page where it is published."""

    def about(self, thing: Entry) -> dict[str, Any]:
        review = {
            "may_submit": thing.stage == DRAFT and may_edit(visitor(), thing),
            "may_review": may_review(visitor(), thing),
            "longest": LONGEST_NOTE,
        }
        return {**super().about(thing), "review": review}

    @expose("/<int:id>/send-back/", methods=("POST",))
    def send_back(self, id: int) -> Response | tuple[str, int]:
        entry = self.load(id)
        try:
            entry.expect(*shown_in_form())
            require(entry, may_review).send_back(request.form.get("remarks", ""), by=visitor())
        except Refused as refusal:
            return refused(self, id, refusal)
        flash(_("It is sent back with your remarks."))
        return redirect(self.url_of(entry), 303)
