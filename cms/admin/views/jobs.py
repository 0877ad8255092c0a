"""Background jobs: what waits, runs, is done or has failed."""

from flask import Response, flash
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cms.admin.groups import MACHINES
from cms.admin.views.desk import Desk, Removing
from cms.admin.views.listing import Choice
from cms.db import session
from cms.models import Job
from cms.web import visitor

STATES = {
    "waiting": _l("waiting"),
    "running": _l("running"),
    "done": _l("done"),
    "failed": _l("failed"),
}


def kinds() -> list[tuple[str, str]]:
    """``(kind, kind)`` of the kinds of which there are jobs."""
    found = session.scalars(select(Job.kind).distinct().order_by(Job.kind))
    return [(kind, kind) for kind in found]


class Jobs(Removing, Desk):
    noun, title, folder = Job, _l("Jobs"), "jobs"
    act = "manage jobs"
    group = MACHINES
    column_list = ("kind", "state", "run_at", "attempts", "finished_at")
    column_labels = {
        "kind": _l("Kind"),
        "state": _l("State"),
        "run_at": _l("Due"),
        "attempts": _l("Attempts"),
        "finished_at": _l("Finished"),
    }
    column_filters = (
        Choice("state", _l("State"), list(STATES.items()), lambda state: Job.state == state),
        Choice("kind", _l("Kind"), kinds, lambda kind: Job.kind == kind),
    )

    def render(self, template: str, **context) -> str:
        return super().render(template, states=STATES, **context)

    def delete_model(self, model: Job) -> None:
        model.drop(by=visitor())
        flash(_("The job is dropped."))

    @expose("/<int:id>/retry/", methods=("POST",))
    def retry(self, id: int) -> Response | tuple[str, int]:
        return self.do(id, Job.retry, _("The job will be run again."))
