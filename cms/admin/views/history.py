"""The history of a text: its revisions, what each changed, and the way back."""

from flask import Response, abort, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _
from sqlalchemy.orm import defer, joinedload

from cms.admin.entry_forms import shown
from cms.admin.versions import compared
from cms.admin.views.desk import LARGEST_ID
from cms.admin.views.texts import shown_in_form
from cms.db import session
from cms.errors import Refused
from cms.models import Entry, Revision
from cms.models.rights import may_edit
from cms.web import visitor

MOST_REVISIONS = 100  # on one page


class History:
    """The pages of a text's revisions."""

    @expose("/<int:id>/history/")
    def history(self, id: int) -> str:
        entry = self.load(id)
        query = Revision.history_of(entry.id).options(joinedload(Revision.author), defer(Revision.fields))
        if before := request.args.get("before", type=int):
            query = query.where(Revision.number < max(0, min(before, LARGEST_ID)))
        found = list(session.scalars(query.limit(MOST_REVISIONS + 1)))
        more = found[MOST_REVISIONS - 1].number if len(found) > MOST_REVISIONS else None
        return self.render(
            "admin/entries/history.html", thing=entry, revisions=found[:MOST_REVISIONS], more=more
        )

    @expose("/<int:id>/history/<int:number>/")
    def revision(self, id: int, number: int) -> str:
        return self.revision_page(self.load(id), number)

    @expose("/<int:id>/history/<int:number>/name/", methods=("POST",))
    def name_revision(self, id: int, number: int) -> Response | tuple[str, int]:
        entry = self.load(id, may_edit)
        try:
            revision_of(entry, number).rename(request.form.get("name", ""), by=visitor())
        except Refused as refusal:
            session.rollback()
            return self.revision_page(self.load(id), number, problem=refusal.message), refusal.status
        flash(_("The revision is named."))
        return redirect(self.get_url(".revision", id=id, number=number), 303)

    @expose("/<int:id>/history/<int:number>/restore/", methods=("POST",))
    def restore_revision(self, id: int, number: int) -> Response | tuple[str, int]:
        entry = self.load(id, may_edit)
        try:
            entry.expect(*shown_in_form())
            entry.take_back(revision_of(entry, number), by=visitor())
        except Refused as refusal:
            session.rollback()
            return self.revision_page(self.load(id), number, problem=refusal.message), refusal.status
        flash(_("The text says again what revision %(number)d says.", number=number))
        return redirect(self.get_url(".edit_view", id=id), 303)

    def revision_page(self, entry: Entry, number: int, **context) -> str:
        """One revision: what it changed, or what has changed since."""
        revision = revision_of(entry, number)
        since = request.args.get("compare") == "present"
        fields = shown(entry, revision.fields)
        other = entry.as_written() if since else before(revision)
        old, new = (fields, shown(entry, other)) if since else (shown(entry, other), fields)
        found = compared(self.form_class(), old, new)
        return self.render(
            "admin/entries/revision.html",
            thing=entry,
            revision=revision,
            since=since,
            compared=found,
            name=request.form.get("name", revision.name),
            **context,
        )


def revision_of(entry: Entry, number: int) -> Revision:
    return Revision.numbered(entry, number) or abort(404)


def before(revision: Revision) -> dict:
    """The fields of the revision shown before this one; nothing before the first."""
    earlier = Revision.history_of(revision.entry_id).where(Revision.number < revision.number)
    found = session.scalars(earlier.limit(1)).first()
    return found.fields if found else {}
