"""The editorial calendar: what appears on which day, and moving what has not appeared yet."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Response, abort, redirect, request
from flask import session as cookie
from flask_admin import BaseView, expose
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cms.admin.agenda import MOST_COUNTED, SHOWN, agenda
from cms.admin.clock import day_of, local_moment, time_of, today
from cms.admin.groups import WRITE
from cms.admin.places import NEW_POST, editor_of, list_of
from cms.admin.spans import Span, asked_span, month_of, week_of
from cms.admin.views.guard import Guarded
from cms.admin.views.texts import require
from cms.admin.words import STATES_OF_TEXTS
from cms.db import session
from cms.errors import Refused
from cms.models import Entry
from cms.models.rights import may_publish
from cms.web import visitor

HELPERS = {
    "day_of": day_of,
    "time_of": time_of,
    "editor_of": editor_of,
    "list_of": list_of,
    "new_post": NEW_POST,
    "week_of": week_of,
    "most_counted": MOST_COUNTED - SHOWN,
}
LONGEST_SENT = 40  # characters of a field


@dataclass(frozen=True)
class Move:
    """What was moved just now, from which moment and to which."""

    id: int
    title: str
    before: datetime
    after: datetime

    @classmethod
    def told(cls, told: list | None) -> "Move | None":
        """The move that the one request told the next by the visitor's cookie."""
        return cls(*told[:2], *map(datetime.fromisoformat, told[2:])) if told else None


class Calendar(Guarded, BaseView):
    act = "write posts"
    group = WRITE

    def __init__(self):
        super().__init__(name=_l("Calendar"), endpoint="admin_calendar", url="calendar")

    @expose("/")
    def index(self) -> str:
        """The calendar; after a move with the way back."""
        return self.show(moved=Move.told(cookie.pop("moved", None)))

    @expose("/<int:id>/move/", methods=("POST",))
    def move(self, id: int) -> Response | tuple[str, int]:
        """Give a text another day and time; what is refused comes back as it was typed."""
        entry = self.load(id)
        sent = {name: request.form.get(name, "")[:LONGEST_SENT] for name in ("day", "time", "before")}
        try:
            at, was = local_moment(sent["day"], sent["time"]), entry.published_at
            entry.reschedule(at, by=visitor(), instead_of=moment_in(sent["before"]))
        except Refused as refusal:
            session.rollback()
            return self.show(problem=refusal.message, sent={"id": id, **sent}), refusal.status
        cookie["moved"] = id, entry.title, was.isoformat(), at.isoformat()
        return redirect(self.address_of(id, date.fromisoformat(sent["day"])), 303)

    def load(self, id: int) -> Entry:
        """The text, 404 where it does not exist for the visitor; 403 for who may not publish it."""
        return require(session.get(Entry, id) or abort(404), may_publish)

    def show(self, **context) -> str:
        """The calendar around what the address asks for."""
        span = self.span()
        near = today() if today() in span else span.middle
        views = {_("Month"): month_of(near, span.locale), _("Week"): week_of(near, span.locale)}
        known = {"span": span, "days": agenda(span.days, visitor()), "views": views, "today": today()}
        known |= HELPERS | {"states": {state: str(word) for state, word in STATES_OF_TEXTS.items()}}
        return self.render("admin/calendar/calendar.html", **known, **context)

    def span(self) -> Span:
        return asked_span(request.args, today(), get_locale())

    def address_of(self, id: int, day: date) -> str:
        """Where the text is seen on its ``day``, in a view of the kind that is open."""
        span = self.span()
        if day not in span.days:
            span = (month_of if span.kind == "month" else week_of)(day, span.locale)
        return self.get_url(".index", **span.address, _anchor=f"text-{id}")


def moment_in(text: str) -> datetime | None:
    """The moment that the calendar showed, or None where it told none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
