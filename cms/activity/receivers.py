"""The one receiver of every domain signal; a new signal is recorded with no new code."""

from typing import Any

from sqlalchemy import inspect

from cms.db import session
from cms.models import Event, User


def record(subject: Any, *, event: str, by: User | None, changes: dict[str, list]) -> None:
    """Write the event's row, in the transaction of the change that it tells of."""
    session.add(
        Event(
            name=event,
            actor_id=by.id if by else None,
            subject_type=type(subject).__name__.lower(),
            subject_id=":".join(map(str, inspect(subject).identity)),
            changes=changes,
        )
    )
