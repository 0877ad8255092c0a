"""Notes of the editors beside a text."""

from typing import Any

from flask import Response, abort, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _

from cms.admin.views.texts import refused
from cms.db import session
from cms.errors import Refused
from cms.models import Entry, Note
from cms.models.note import LONGEST_NOTE
from cms.web import visitor


class Notes:
    """Adds writing notes and settling them."""

    def about(self, thing: Entry) -> dict[str, Any]:
        beside = Note.beside(thing)
        notes = {
            "open": [note for note in beside if not note.settled_at],
            "settled": [note for note in beside if note.settled_at],
            "url": f"{self.get_url('.index_view')}{thing.id}/notes/",
            "longest": LONGEST_NOTE,
        }
        return {**super().about(thing), "notes": notes}

    @expose("/<int:id>/notes/", methods=("POST",))
    def put_note(self, id: int) -> Response | tuple[str, int]:
        entry = self.load(id)
        try:
            Note.put(entry, request.form.get("note", ""), by=visitor())
        except Refused as refusal:
            return refused(self, id, refusal)
        flash(_("The note is kept beside the text."))
        return redirect(f"{self.url_of(entry)}#notes", 303)

    @expose("/<int:id>/notes/<int:note_id>/settle/", methods=("POST",))
    def settle_note(self, id: int, note_id: int) -> Response:
        entry = self.load(id)
        note_beside(entry, note_id).settle(by=visitor())
        flash(_("The note is settled."))
        return redirect(f"{self.url_of(entry)}#notes", 303)

    @expose("/<int:id>/notes/<int:note_id>/reopen/", methods=("POST",))
    def reopen_note(self, id: int, note_id: int) -> Response:
        entry = self.load(id)
        note_beside(entry, note_id).reopen(by=visitor())
        flash(_("The note is open again."))
        return redirect(f"{self.url_of(entry)}#notes", 303)


def note_beside(entry: Entry, note_id: int) -> Note:
    """The note with this number; 404 where it is not beside ``entry``."""
    note = session.get(Note, note_id)
    return note if note is not None and note.entry_id == entry.id else abort(404)
