"""Outgoing mail: what waits, has left, failed, or is kept because there is no mail server."""

from typing import Any

from flask import Response, flash
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cms.admin.groups import MACHINES
from cms.admin.views.desk import Desk, Removing
from cms.admin.views.listing import Choice
from cms.models import Mail
from cms.web import visitor

STATES = {
    "waiting": _l("waiting"),
    "sending": _l("sending"),
    "sent": _l("sent"),
    "failed": _l("failed"),
    "kept": _l("kept"),
}


class Outbox(Removing, Desk):
    noun, title, folder = Mail, _l("Outbox"), "outbox"
    act = "see mail"
    group = MACHINES
    is_delicate = True
    plain_views = frozenset({"index_view"})  # a mail may hold a link that lets its reader into an account
    column_list = ("subject", "to", "state", "created_at", "sent_at")
    column_labels = {
        "subject": _l("Subject"),
        "to": _l("To"),
        "state": _l("State"),
        "created_at": _l("Written"),
        "sent_at": _l("Sent"),
    }
    column_sortable_list = ()
    column_searchable_list = ("subject", "to")
    column_filters = (Choice("state", _l("State"), list(STATES.items()), lambda state: Mail.state == state),)

    def render(self, template: str, **context) -> str:
        return super().render(template, states=STATES, **context)

    def about(self, thing: Mail) -> dict[str, Any]:
        return {"is_readable": thing.readable_by(visitor())}

    def delete_model(self, model: Mail) -> None:
        model.drop(by=visitor())
        flash(_("The mail is dropped."))

    @expose("/<int:id>/retry/", methods=("POST",))
    def retry(self, id: int) -> Response | tuple[str, int]:
        return self.do(id, Mail.retry, _("The mail will be sent again."))
