"""What happened: the record of every change, to read and to search."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import false
from sqlalchemy.orm import Query, joinedload

from cms import signals
from cms.admin.events import subjects_of
from cms.admin.groups import MACHINES
from cms.admin.views.desk import Desk
from cms.admin.views.listing import Choice
from cms.admin.words import label_of
from cms.models import Event, User


def kinds() -> list[tuple[str, str]]:
    """``(name, label)`` of every event that there can be."""
    return sorted(((name, label_of(name)) for name in signals.domain), key=lambda kind: kind[1])


class Activity(Desk):
    noun, title, folder = Event, _l("Activity"), "activity"
    act = "see activity"
    group = MACHINES
    column_list = ("name", "subject", "actor", "changes", "at")
    column_labels = {
        "at": _l("When"),
        "name": _l("What"),
        "subject": _l("Of"),
        "actor": _l("By"),
        "changes": _l("Changed"),
    }
    column_searchable_list = ("name",)
    column_filters = (Choice("kind", _l("What"), kinds, lambda name: Event.name == name),)

    def get_query(self) -> Query:
        return super().get_query().options(joinedload(Event.actor))

    def get_list(self, *args, **kwargs) -> tuple[int, list[Event]]:
        count, events = super().get_list(*args, **kwargs)
        self._template_args["subjects"] = subjects_of(events)
        return count, events

    def about(self, thing: Event) -> dict[str, Any]:
        return {"subjects": subjects_of([thing])}

    def render(self, template: str, **context) -> str:
        return super().render(template, label_of=label_of, **context)

    def _apply_search(self, query, count_query, joins, count_joins, search):
        """What the person with this name or address did; an index finds it among millions."""
        actor = User.named(search)
        query = query.filter(Event.actor_id == actor.id if actor else false())
        return query, count_query, joins, count_joins
