"""What a form puts into a text on the server: pictures that came with it, and snippets."""

from flask import request

from cms.admin.uploads import store_uploads
from cms.db import session
from cms.models import Snippet, User
from cms.models.role import can

LARGEST_ID = 2**31 - 1


def asked_for(by: User) -> tuple[list[str], list[str]]:
    """The pieces of Markdown that the form asks for, and in words what of it could not be had."""
    files = request.files.getlist("pictures")
    stored, problems = store_uploads(files, by) if can(by, "manage pictures") else ([], [])
    number = request.form.get("snippet", type=int) or 0
    snippet = session.get(Snippet, number) if 0 < number <= LARGEST_ID else None
    return [picture.markdown for picture in stored] + ([snippet.body] if snippet else []), problems


def inserted(text: str, pieces: list[str], at: int | None) -> str:
    """``text`` with the pieces as paragraphs of their own, at the character ``at`` or at its end."""
    place = len(text) if at is None else max(0, min(at, len(text)))
    before, after = text[:place].rstrip("\n"), text[place:].lstrip("\n")
    return "\n\n".join(part for part in (before, *pieces, after) if part)
