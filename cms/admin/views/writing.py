"""Writing a text: the form, what is kept while it is unsaved, and the merge where two saved at once."""

import re
import secrets
from typing import Any

from flask import Response, abort, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from cms import markup
from cms.admin.entry_forms import EntryForm, normal, shown
from cms.admin.insertions import asked_for, inserted
from cms.admin.proofreading import Sheet, apply_fix, proofread
from cms.admin.suggestions import suggestions_for
from cms.admin.uploads import store_upload
from cms.admin.versions import merged_fields
from cms.db import only_read, session
from cms.errors import Refused
from cms.models import Entry, Snippet, Unsaved, User
from cms.models.entry import LONGEST_BODY, Clash
from cms.models.rights import may_edit
from cms.models.unsaved import MOST_UNSAVED
from cms.pictures import measure
from cms.submissions import take_form, takes_form_itself
from cms.web import visitor

KEPT_KEY = re.compile(r"(post|page)-(\d{1,10})(-\d{1,10})?", re.ASCII)  # of a text that was saved once
KEY = re.compile(r"(post|page)-(new-[\w-]{10,40}|\d{1,10})", re.ASCII)
LONGEST_FORM = LONGEST_BODY + 20_000  # characters that are kept of an unsaved one


class AtOnce(Refused):
    """Two made the same tag or address, and neither could see the other's."""

    status = 409


class Writing:
    """The pages on which a post or a page is written."""

    form_class: type[EntryForm]
    takes_files = frozenset({"create_view", "edit_view"})

    @expose("/new/", methods=("GET", "POST"))
    @takes_form_itself
    def create_view(self) -> Response | str | tuple[str, int]:
        if request.method == "POST":
            return self.saved(None)
        kept = Unsaved.of(visitor(), self.wanted_key())
        fields = kept.fields if kept else {"key": self.wanted_key()}
        return self.form_page(self.form_class(MultiDict(fields)), recovered=kept, unsaved=self.others(kept))

    @expose("/<int:id>/edit/", methods=("GET", "POST"))
    def edit_view(self, id: int) -> Response | str | tuple[str, int]:
        entry = self.load(id, may_edit)
        if request.method == "POST":
            return self.saved(entry)
        offered, as_saved = Unsaved.offered(visitor(), self.key_of(entry)), self.fields_of(entry)
        for kept in offered:
            if kept.key == request.args.get("recover"):
                fields = {**kept.fields, "key": self.key_of(entry)}
                return self.form_page(self.form_class(MultiDict(fields)), entry, recovered=kept)
        form, unsaved = (
            self.form_class(MultiDict(as_saved)),
            [kept for kept in offered if differs(kept, as_saved)],
        )
        checked = self.preview(form, entry) if "check" in request.args else {}
        return self.form_page(form, entry, unsaved=unsaved, **checked)

    @expose("/preview/", methods=("POST",))
    @takes_form_itself
    def live_preview(self) -> str:
        """What the typed text looks like: a part of the page, for whoever is typing."""
        only_read()  # rendering takes a while: nobody who writes shall wait for it
        form = self.form_class(request.form)
        match = KEY.fullmatch(form.key.data or "")
        entry = self.load(int(match[2])) if match and match[2].isdecimal() else None
        return self.render("admin/entries/_preview.html", **self.preview(form, entry))

    @expose("/unsaved/", methods=("POST",))
    @takes_form_itself
    def keep_unsaved(self) -> tuple[str, int]:
        """Keep what is typed, a few seconds after it was."""
        form = self.form_class(request.form)
        fields = form.as_kept()
        if sum(map(len, fields.values())) > LONGEST_FORM:
            abort(413)
        key = self.key_to_keep(form)
        lay_offer_aside(key)
        Unsaved.keep(visitor(), key, fields)
        return "", 204

    @expose("/unsaved/drop/", methods=("POST",))
    def drop_unsaved(self) -> Response:
        key = request.form.get("key", "")
        Unsaved.forget(visitor(), key)
        flash(_("The unsaved text is thrown away."))
        match = KEPT_KEY.fullmatch(key)
        if match and match[1] == self.prefix:
            return redirect(self.get_url(".edit_view", id=match[2]), 303)
        return redirect(self.get_url(".create_view"), 303)

    # What was sent

    def saved(self, entry: Entry | None) -> Response | tuple[str, int] | str:
        """Save what was sent and go on; or the form again, with all that was typed."""
        form = self.form_class(CombinedMultiDict([request.files, request.form]))
        if answer := self.answer_unsaved(form, entry):
            return answer
        if not form.validate():
            return self.form_page(form, entry), 422
        try:
            written = self.save(form, entry)
        except Clash:
            session.rollback()
            return self.merge_page(form, self.load(entry.id)), Clash.status
        except Refused as refusal:
            session.rollback()
            form.form_errors.append(refusal.message)
            return self.form_page(form, entry and self.load(entry.id)), refusal.status
        self.forget_typed(form.key.data or "")
        flash(form.key.data or "", "saved")  # so that the browser forgets it as well
        return redirect(self.way_on(written), 303)

    def forget_typed(self, key: str) -> None:
        """What was typed is saved; what the page offered and nobody took is still to be had."""
        lay_offer_aside(key)
        Unsaved.forget(visitor(), key)
        Unsaved.forget(visitor(), request.form.get("recovered", ""))

    def answer_unsaved(self, form: EntryForm, entry: Entry | None) -> str | None:
        """The form again where a button was pressed that saves nothing."""
        then, fix = request.form.get("then"), request.form.get("fix")
        if not fix and then not in ("insert", "preview"):
            return None
        fields = form.as_kept()
        if fix:
            fields = apply_fix(fields, fix, **self.place_of(entry))
        elif then == "insert":
            fields = self.with_insertions(fields)
        form = self.form_class(MultiDict(fields))
        return self.form_page(form, entry, **self.preview(form, entry))

    def with_insertions(self, fields: dict[str, str]) -> dict[str, str]:
        """What was typed, with the pictures and the snippet that were chosen in the text."""
        pieces, problems = asked_for(visitor())
        for problem in problems:
            flash(problem, "error")
        if not pieces and not problems:
            flash(_("Choose a picture or a snippet first."))
        return {**fields, "body": inserted(fields["body"], pieces, request.form.get("caret", type=int))}

    def save(self, form: EntryForm, entry: Entry | None) -> Entry:
        try:
            return self.write(form, entry)
        except IntegrityError as error:
            raise AtOnce(
                _("Somebody took the same name or address at this moment. Save it once more.")
            ) from error

    def write(self, form: EntryForm, entry: Entry | None) -> Entry:
        by = visitor()
        cover = cover_in(form, by=by)
        take_form()
        fields = cover | form.values(by=by)
        if entry is None:
            return self.noun.write(by=by, **fields)
        entry.revise(by=by, based_on=version_in(form), **fields)
        return entry

    def way_on(self, entry: Entry) -> str:
        flash(_("Saved."))
        view = ".publish" if request.form.get("then") == "publish" else ".edit_view"
        return self.get_url(view, id=entry.id, at=request.args.get("at"))

    # The pages

    def form_page(self, form: EntryForm, entry: Entry | None = None, **context: Any) -> str:
        return self.render(
            "admin/entries/edit.html",
            form=form,
            thing=entry,
            version=form.version.data or (entry.version if entry else ""),
            key=form.key.data or (self.key_of(entry) if entry else self.new_key()),
            suggestions=suggestions_for(self.noun),
            snippets=Snippet.all_for_choice(),
            writers=Unsaved.writers_at(self.key_of(entry), but=visitor()) if entry else [],
            **(self.about(entry) if entry else {}),
            **context,
        )

    def merge_page(self, form: EntryForm, entry: Entry) -> str:
        """Both texts, and a form with what can be merged without asking."""
        merged = merged_fields(entry, form, version_in(form))
        merged_form = self.form_class(MultiDict({**merged.fields, "version": str(entry.version)}))
        return self.form_page(merged_form, entry, merged=merged)

    def preview(self, form: EntryForm, entry: Entry | None = None) -> dict[str, Any]:
        """What the typed text looks like, and what should be mended in it."""
        fields = {**form.as_kept(), "body": normal(form.body.data)[:LONGEST_BODY]}
        sheet = Sheet.typed(fields, **self.place_of(entry))
        words = len(markup.plain_text(sheet.html).split())
        found = {"findings": proofread(sheet), "fixing": True}
        return {"preview": sheet, "preview_html": measure(sheet.html), "words": words, **found}

    def place_of(self, entry: Entry | None) -> dict[str, Any]:
        return {"url": entry.url, "cover_id": entry.cover_id} if entry else {}

    # Keys

    @property
    def prefix(self) -> str:
        return self.noun.__mapper__.polymorphic_identity

    def key_of(self, entry: Entry) -> str:
        return f"{self.prefix}-{entry.id}"

    def new_key(self) -> str:
        return f"{self.prefix}-new-{secrets.token_urlsafe(9)}"

    def wanted_key(self) -> str:
        """The key of the new text that the address names, or a fresh one."""
        key = request.args.get("key", "")
        return key if KEY.fullmatch(key) and key.startswith(f"{self.prefix}-new-") else self.new_key()

    def key_to_keep(self, form: EntryForm) -> str:
        """The key under which to keep a form; 404 for a text that this person may not change."""
        match = KEY.fullmatch(form.key.data or "")
        if match is None or match[1] != self.prefix:
            abort(404)
        if match[2].isdecimal():
            self.load(int(match[2]), may_edit)
        return match[0]

    def fields_of(self, entry: Entry) -> dict[str, str]:
        about = {"without_cover": "", "key": self.key_of(entry), "version": str(entry.version)}
        return shown(entry, entry.as_written()) | about

    def others(self, kept: Unsaved | None) -> list[Unsaved]:
        """The new texts that were never saved, besides the one that is shown."""
        return [each for each in Unsaved.beginning(visitor(), f"{self.prefix}-new-") if each is not kept]


def differs(kept: Unsaved, fields: dict[str, str]) -> bool:
    """Whether what was kept says something else than what is saved."""
    typed = {name: text for name, text in fields.items() if name not in ("version", "key")}
    return any(kept.fields.get(name, "") != text for name, text in typed.items())


def lay_offer_aside(key: str) -> None:
    """Leave a text that the form's page offers, and that nobody answered yet, where it is."""
    for number in request.form.getlist("offered", type=int)[:MOST_UNSAVED]:
        Unsaved.lay_aside(visitor(), key, number)


def cover_in(form: EntryForm, *, by: User) -> dict[str, Any]:
    """The title picture as the form wants it: a new one, none, or the one that is there."""
    file = form.cover_file.data
    if file and file.filename:
        return {"cover": store_upload(file, by)}
    return {"cover": None} if form.without_cover.data else {}


def version_in(form: EntryForm) -> int:
    """The version that the form was based on; 400 where it names none."""
    version = form.version.data or ""
    return int(version) if version.isdecimal() and len(version) < 10 else abort(400)
