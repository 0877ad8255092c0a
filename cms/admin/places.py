"""Addresses of the desks at which texts are written, wherever somebody is sent there."""

from urllib.parse import urlencode

NEW_POST = "/admin/posts/new/"


def editor_of(kind: str, id: int) -> str:
    """Where the text is written: ``kind`` is post or page."""
    return f"/admin/{kind}s/{id}/edit/"


def list_of(kind: str, **filters: str) -> str:
    """The list of texts of a kind, narrowed down by ``filters`` such as ``state="draft"``."""
    return f"/admin/{kind}s/" + (f"?{urlencode(filters)}" if filters else "")


def unsaved_at(key: str) -> str:
    """Where the unsaved text ``key`` is taken up again: ``post-12``, or ``post-new-`` and its own key."""
    kind, _hyphen, rest = key.partition("-")
    number = rest.partition("-")[0]
    if number.isdecimal():
        return f"{editor_of(kind, int(number))}?{urlencode({'recover': key})}"
    return f"/admin/{kind}s/new/?{urlencode({'key': key})}"
