"""Redirects: old addresses, and where they lead."""

from flask import Response, abort, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Query, joinedload

from cms.admin.exports import Row
from cms.admin.subject_forms import NewRedirectForm, RedirectForm
from cms.admin.views.desk import LARGEST_ID, Creating, Desk, Editing, Removing
from cms.db import session
from cms.errors import Refused
from cms.models import Entry, Redirect, RedirectSheet
from cms.models.redirect_sheet import LARGEST_SHEET, MOST_LINES, REFUSED
from cms.models.ways import lead
from cms.web import visitor

MOST_SHOWN = 200  # lines of each kind


SAMPLE = """from,to,status
/old/page/,/about/
/2019/report.html,https://example.org/report
/gone/,,410"""


class Redirects(Creating, Editing, Removing, Desk):
    noun, title, folder = Redirect, _l("Redirects"), "redirects"
    act = "manage redirects"
    details_view = None
    column_list = ("path", "target")
    column_labels = {"path": _l("Old address"), "target": _l("Leads to")}
    column_sortable_list = ("path",)
    column_searchable_list = ("path", "target")
    export_list = ("path", "target", "status", "id")

    def get_query(self) -> Query:
        entry = joinedload(Redirect.entry).load_only(Entry.path, Entry.stage, Entry.published_at)
        return super().get_query().options(entry)

    def url_of(self, thing: Redirect) -> str:
        return self.get_url(".index_view")

    def create_form(self, obj: Redirect | None = None) -> NewRedirectForm:
        return NewRedirectForm(self.sent())

    def edit_form(self, obj: Redirect | None = None) -> RedirectForm:
        return RedirectForm(self.sent(), target=obj.leads_to)

    def create_model(self, form: NewRedirectForm) -> Redirect:
        found = lead(form.path.data, form.target.data, by=visitor(), anew=True)
        flash(_("The redirect at %(path)s is set.", path=found))
        return found

    def update_model(self, form: RedirectForm, model: Redirect) -> None:
        lead(str(model), form.target.data, by=visitor())
        flash(_("The redirect at %(path)s is set.", path=model))

    def delete_model(self, model: Redirect) -> None:
        model.remove(by=visitor())
        flash(_("%(path)s is in the trash. It can be brought back for 30 days.", path=model))

    def export_row(self, row: Redirect) -> Row:
        """The first three cells are those that `import_view` takes back."""
        return super().export_row(row) | {"path": str(row), "target": row.leads_to}

    @expose("/import/", methods=("GET", "POST"))
    def import_view(self) -> Response | str | tuple[str, int]:
        """Take a table of redirects, to be looked at before anything is set."""
        if request.method != "POST":
            return self.ask_for_table()
        file = request.files.get("file")
        try:
            if not file:
                raise Refused(_("Choose a file."))
            sheet = RedirectSheet.lay(file.filename, file.read(LARGEST_SHEET + 1), by=visitor())
        except Refused as refusal:
            session.rollback()
            return self.ask_for_table(problem=refusal.message), refusal.status
        return redirect(self.get_url(".sheet_view", id=sheet.id), 303)

    def ask_for_table(self, **context) -> str:
        return self.render("admin/redirects/import.html", most=MOST_LINES, sample=SAMPLE, **context)

    @expose("/import/<int:id>/", methods=("GET", "POST"))
    def sheet_view(self, id: int) -> Response | str:
        """Show what the table will do; when that was sent, do it."""
        sheet = self.load_sheet(id)
        if request.method != "POST":
            verdicts = by_verdict(sheet.lines())
            return self.render("admin/redirects/sheet.html", sheet=sheet, verdicts=verdicts, most=MOST_SHOWN)
        done = sheet.apply(by=visitor())
        told = {"set": done["new"] + done["changed"], "refused": done[REFUSED]}
        flash(_("Redirects set: %(set)d. Lines refused: %(refused)d.", **told))
        return redirect(self.get_url(".index_view"), 303)

    def load_sheet(self, id: int) -> RedirectSheet:
        """The table with this number, for whoever brought it; 404 for everybody else."""
        sheet = session.get(RedirectSheet, id) if id <= LARGEST_ID else None
        return sheet if sheet and sheet.user_id == visitor().id else abort(404)


def by_verdict(lines: list) -> dict[str, list]:
    """The lines that are refused, new, changed and the same, in this order, where there are any."""
    found = {verdict: [] for verdict in (REFUSED, "new", "changed", "same")}
    for line in lines:
        found[line.verdict].append(line)
    return {verdict: some for verdict, some in found.items() if some}
