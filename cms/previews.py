"""Links to a preview: whoever has one reads a draft, until it expires or the text's previews are ended.

A link is signed and kept nowhere. It names the text, its round of previews, and for how many days it is good.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from cms.db import session
from cms.models.base import now
from cms.models.entry import Entry
from cms.models.life import TRASHED
from cms.web import absolute

LIFETIMES = (1, 7, 30)  # days
LONGEST_TOKEN = 300  # characters


@dataclass(frozen=True)
class Preview:
    """What a link of ours leads to; ``entry`` is None where it expired, was ended, or its text is gone."""

    entry: Entry | None
    until: datetime


def link_to(entry: Entry, days: int) -> str:
    """The full address of a preview of ``entry`` that is good for ``days``, one of `LIFETIMES`."""
    if days not in LIFETIMES:
        raise ValueError(f"a preview is not good for {days} days")
    token = serializer().dumps([entry.id, entry.preview_round, days])
    return absolute(f"/preview/{token}")


def preview_at(token: str) -> Preview | None:
    """What the link with ``token`` leads to; None where it is no link of ours."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        (id, preview_round, days), made_at = serializer().loads(token, return_timestamp=True)
    except BadSignature:
        return None
    until = made_at + timedelta(days=days)
    return Preview(entry_in(id, preview_round) if now() < until else None, until)


def entry_in(id: int, preview_round: int) -> Entry | None:
    entry = session.get(Entry, id)
    is_on = entry is not None and entry.preview_round == preview_round and entry.stage != TRASHED
    return entry if is_on else None


def serializer() -> URLSafeTimedSerializer:
    config = current_app.config
    keys = [*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]]  # the last one signs
    return URLSafeTimedSerializer(keys, salt="preview")
