"""What the site keeps about somebody, as a file for them: JSON in an archive, and a text that explains."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Response, send_file
from flask_babel import gettext as _
from sqlalchemy import Select, and_, or_, select

from cms.accounts import bp
from cms.accounts.account import codes_left
from cms.accounts.freshness import freshly_signed_in
from cms.accounts.session_list import how
from cms.db import session
from cms.models import (
    Author,
    Byline,
    Event,
    Mail,
    Note,
    Passkey,
    Post,
    Revision,
    SavedSearch,
    SignIn,
    Unsaved,
    User,
    site,
)
from cms.models.base import now
from cms.web import absolute, visitor

MOST_ROWS = 100_000  # of each kind, the newest
AT_ONCE = 500  # rows in memory


@bp.get("/account/data.zip")
@freshly_signed_in()
def data() -> Response:
    file = TemporaryFile()  # noqa: SIM115 (the server closes it once it has been sent)
    write_archive(file, visitor())
    file.seek(0)
    return send_file(file, "application/zip", as_attachment=True, download_name="my-data.zip")


def write_archive(file: IO[bytes], user: User) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_("read-me.txt"), explanation(user))
        for name, rows in parts(user).items():
            write_list(archive, f"{name}.json", rows)


def write_list(archive: ZipFile, name: str, rows: Iterable[dict[str, Any]]) -> None:
    """One JSON list, an item a line, written as it is read from the database."""
    with archive.open(name, "w") as part:
        part.write(b"[")
        for number, row in enumerate(rows):
            line = json.dumps(row, ensure_ascii=False, default=in_json)
            part.write((",\n" if number else "\n").encode() + line.encode("utf-8", "replace"))
        part.write(b"\n]\n")


def parts(user: User) -> dict[str, Iterator[dict[str, Any]]]:
    """Every list of the archive, by the name of its file."""
    about = and_(Event.subject_type == "user", Event.subject_id == str(user.id))
    return {
        "account": iter([account_of(user)]),
        "sign-ins": (sign_in_of(row) for row in newest(SignIn, SignIn.user_id == user.id)),
        "passkeys": (passkey_of(row) for row in newest(Passkey, Passkey.user_id == user.id)),
        "activity": (event_of(row, user) for row in newest(Event, or_(Event.actor_id == user.id, about))),
        "mails": (mail_of(row) for row in newest(Mail, Mail.to == user.email)),
        "posts": (post_of(row) for row in session.scalars(posts_of(user))),
        "revisions": (revision_of(row) for row in newest(Revision, Revision.author_id == user.id)),
        "unsaved": (unsaved_of(row) for row in newest(Unsaved, Unsaved.user_id == user.id)),
        "notes": (note_of(row) for row in newest(Note, Note.author_id == user.id)),
        "searches": (search_of(row) for row in session.scalars(SavedSearch.of(user))),
    }


def newest(model: type, condition) -> Iterator[Any]:
    query = select(model).where(condition).order_by(model.id.desc()).limit(MOST_ROWS)
    return iter(session.scalars(query.execution_options(yield_per=AT_ONCE)))


def posts_of(user: User) -> Select:
    return (
        select(Post)
        .join(Byline, Byline.post_id == Post.id)
        .join(Author, Author.id == Byline.author_id)
        .where(Author.user_id == user.id)
        .order_by(Post.id.desc())
        .limit(MOST_ROWS)
    )


def account_of(user: User) -> dict[str, Any]:
    return {
        "number": user.id,
        "user name": user.username,
        "e-mail address": user.email,
        "e-mail address confirmed": user.confirmed_at,
        "made": user.created_at,
        "roles": [role.name for role in user.roles],
        "has a password": user.password is not None,
        "two-step sign-in": user.tf_primary_method,
        "recovery codes left": codes_left(user),
    }


def sign_in_of(sign_in: SignIn) -> dict[str, Any]:
    return {
        "browser": sign_in.browser,
        "how": how(sign_in),
        "since": sign_in.created_at,
        "last seen": sign_in.seen_at,
        "ends": sign_in.expires_at,
    }


def passkey_of(key: Passkey) -> dict[str, Any]:
    return {"name": key.name, "use": key.usage, "added": key.created_at, "last used": key.lastuse_datetime}


def event_of(event: Event, user: User) -> dict[str, Any]:
    """What happened; of what others did only that they did it, of what was done to others not how."""
    mine = event.subject_type != "user" or event.subject_id == str(user.id)
    return {
        "at": event.at,
        "what": event.name,
        "by": {None: "the site", user.id: "you"}.get(event.actor_id, "somebody else"),
        "about": f"{event.subject_type} {event.subject_id}",
        "changes": event.changes if mine else None,
    }


def mail_of(mail: Mail) -> dict[str, Any]:
    return {
        "subject": mail.subject,
        "state": mail.state,
        "written": mail.created_at,
        "sent": mail.sent_at,
    }


def post_of(post: Post) -> dict[str, Any]:
    return {
        "title": post.title,
        "address": absolute(post.url),
        "state": post.state,
        "published": post.published_at,
        "text": post.body,
    }


def revision_of(revision: Revision) -> dict[str, Any]:
    return {
        "of text": revision.entry_id,
        "number": revision.number,
        "name": revision.name,
        "saved": revision.saved_at,
        "what it said": revision.fields,
    }


def unsaved_of(unsaved: Unsaved) -> dict[str, Any]:
    return {"of": unsaved.key, "typed": unsaved.at, "what it said": unsaved.fields}


def note_of(note: Note) -> dict[str, Any]:
    return {
        "beside text": note.entry_id,
        "written": note.created_at,
        "remark of a review": note.is_remark,
        "settled": note.settled_at,
        "text": note.text,
    }


def search_of(search: SavedSearch) -> dict[str, Any]:
    return {
        "name": search.name,
        "list": search.desk,
        "looks for": search.query,
        "for everybody": search.shared,
        "saved": search.created_at,
    }


def in_json(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def explanation(user: User) -> str:
    """What the files are, in the language of the site."""
    return _(
        "What %(site)s keeps about %(name)s, as of %(moment)s (UTC).\n"
        "\n"
        "account.json    who you are here, and what you may do\n"
        "sign-ins.json   the browsers in which you are signed in\n"
        "passkeys.json   the passkeys that you added\n"
        "activity.json   what you did here, and what was done to your account\n"
        "mails.json      the mails that were sent to you\n"
        "posts.json      what was published under your name\n"
        "revisions.json  what texts said each time you saved them\n"
        "unsaved.json    what you typed and did not save\n"
        "notes.json      the notes that you wrote beside texts\n"
        "searches.json   the searches that you saved in the back office\n"
        "\n"
        "Passwords, keys and codes are not among them: they are kept so that nobody can read them.\n"
        "Each file is a list in JSON, which every text editor and most programs open.\n",
        site=site.name,
        name=user.name,
        moment=now().isoformat(" ", "minutes").removesuffix("+00:00"),
    )
