"""Publishing a text, taking it back, and the trash."""

from datetime import datetime

from flask import Response, abort, flash, redirect, request
from flask_admin import expose
from flask_admin.form import BaseForm
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, RadioField, SelectChoice
from wtforms.validators import Optional

from cms.admin.clock import moment_at
from cms.admin.entry_forms import LOCAL_FORMATS
from cms.admin.moments import moment
from cms.admin.proofreading import proofread
from cms.admin.views.texts import refused, shown_in_form
from cms.db import session
from cms.errors import Refused
from cms.models import Entry, site
from cms.models.base import now
from cms.models.life import DRAFT
from cms.models.rights import may_edit, may_publish, may_remove
from cms.web import visitor

NOW, LATER = "now", "later"


class PublishForm(BaseForm):
    when = RadioField(
        _l("When"),
        choices=[SelectChoice(NOW, _l("Now")), SelectChoice(LATER, _l("At a certain time"))],
        default=NOW,
    )
    at = DateTimeLocalField(_l("Day and time"), [Optional()], format=LOCAL_FORMATS)

    def refuse_unticked(self, proposed: datetime | None) -> None:
        """Refuse “now” beside a day that somebody filled in: one of the two is a slip."""
        is_own = self.at.data is not None and self.at.data != (proposed and proposed.replace(tzinfo=None))
        if self.when.data != LATER and is_own:
            raise Refused(_("You filled in a day: tick “At a certain time”, or empty the field."))

    def moment(self) -> datetime | None:
        """The moment that was chosen, None for now; raises `Refused` where a later one is not told."""
        if self.when.data != LATER:
            return None
        if self.at.data is None:
            raise Refused(_("Choose the day and the time."))
        return moment_at(self.at.data)


class Publishing:
    """The page on which a text is published, and the verbs that undo it."""

    @expose("/<int:id>/publish/", methods=("GET", "POST"))
    def publish(self, id: int) -> Response | str | tuple[str, int]:
        if request.method != "POST":
            entry = self.load(id, may_edit)
            return self.publish_page(entry, PublishForm(data=wanted(entry)))
        form, entry = PublishForm(request.form), self.load(id)
        try:
            self.decide(entry, form)
        except Refused as refusal:
            return self.publish_again(id, form, refusal)
        return redirect(self.url_of(entry), 303)

    def decide(self, entry: Entry, form: PublishForm) -> None:
        """Publish the text, or send it for review where that is asked for, or all that this person may."""
        entry.expect(*shown_in_form())
        if not form.validate():
            raise Refused(_("This is no day and time."))
        form.refuse_unticked(wanted(entry)["at"])
        if may_publish(visitor(), entry) and request.form.get("then") != "review":
            entry.publish(by=visitor(), at=form.moment())
            flash(said_of(entry))
        elif entry.stage == DRAFT:
            entry.submit(by=visitor(), at=form.moment())
            flash(_("It is sent for review. You get a mail when it is published or returned."))
        else:
            abort(403)

    def publish_again(self, id: int, form: PublishForm, refusal: Refused) -> tuple[str, int]:
        """The page with what was chosen; or the text's own, where it can't be published any more."""
        session.rollback()
        entry = self.load(id)
        if not may_edit(visitor(), entry):
            return refused(self, id, refusal)
        form.form_errors.append(refusal.message)
        return self.publish_page(entry, form), refusal.status

    def publish_page(self, entry: Entry, form: PublishForm) -> str:
        findings = proofread(entry)
        return self.render("admin/entries/publish.html", thing=entry, form=form, findings=findings)

    @expose("/<int:id>/withdraw/", methods=("POST",))
    def withdraw(self, id: int) -> Response | tuple[str, int]:
        self.load(id, may_edit)
        return self.do(id, self.noun.withdraw, _("It is a draft again."))

    @expose("/<int:id>/archive/", methods=("POST",))
    def archive(self, id: int) -> Response | tuple[str, int]:
        self.load(id, may_publish)
        return self.do(id, self.noun.archive, _("It has left the lists. Its address still answers."))

    @expose("/<int:id>/remove/", methods=("POST",))
    def remove(self, id: int) -> Response | tuple[str, int]:
        self.load(id, may_remove)
        return self.do(id, self.noun.remove, _("It is in the trash, and can be restored for 30 days."))

    @expose("/<int:id>/restore/", methods=("POST",))
    def restore(self, id: int) -> Response | tuple[str, int]:
        self.load(id, may_remove)
        return self.do(id, self.noun.restore, _("It is back, as a draft."))


def wanted(entry: Entry) -> dict:
    """What the form proposes: the moment that the address or whoever asked for the review wished."""
    at = parsed(request.args.get("at", ""))
    if at is None and entry.wished_at and entry.wished_at > now():
        at = entry.wished_at.astimezone(site.zone)
    return {"when": LATER if at else NOW, "at": at}


def parsed(text: str) -> datetime | None:
    try:
        return datetime.strptime(text[:16], LOCAL_FORMATS[0])  # noqa: DTZ007 (a time on the site's clock)
    except ValueError:
        return None


def said_of(entry: Entry) -> str:
    if entry.state == "scheduled":
        return _("It will be published on %(moment)s.", moment=moment(entry.published_at))
    return _("It is published.")
