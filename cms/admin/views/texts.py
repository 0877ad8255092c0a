"""What the pages around one text share: who reaches it, and how a refusal is told."""

from collections.abc import Callable

from flask import abort, request

from cms.db import session
from cms.errors import Refused
from cms.models import Entry, User
from cms.models.rights import may_see
from cms.web import visitor

May = Callable[[User | None, Entry], bool]


def require(entry: Entry, may: May) -> Entry:
    """``entry``, where the visitor ``may``: 404 where it does not exist for them, else 403."""
    if not may_see(visitor(), entry):
        abort(404)
    if not may(visitor(), entry):
        abort(403)
    return entry


def shown_in_form() -> tuple[int | None, str | None]:
    """Version and stage of the text as the page showed it on which the form was sent."""
    return request.form.get("shown_version", type=int), request.form.get("shown_stage")


def refused(view, id: int, refusal: Refused) -> tuple[str, int]:
    """The page of the text with what was refused; what was typed is still in the form of the request."""
    session.rollback()
    return view.show(view.load(id), problem=refusal.message), refusal.status
