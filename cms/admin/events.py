"""Events in words: what happened, and to what."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cms.db import session
from cms.models import ACTS, Entry, Event, Role, User

LABELS = {
    "entry.written": _l("Draft begun"),
    "entry.revised": _l("Text revised"),
    "entry.published": _l("Published"),
    "entry.withdrawn": _l("Made a draft again"),
    "entry.archived": _l("Archived"),
    "entry.removed": _l("Put into the trash"),
    "entry.restored": _l("Taken from the trash"),
    "term.saved": _l("Subject or author saved"),
    "media.stored": _l("Picture stored"),
    "redirect.set": _l("Redirect set"),
    "menu.set": _l("Menu changed"),
    "setting.changed": _l("Setting changed"),
    "user.created": _l("Account made"),
    "user.invited": _l("Invited"),
    "user.revised": _l("Name or address changed"),
    "user.granted": _l("Roles changed"),
    "user.suspended": _l("Suspended"),
    "user.reinstated": _l("Reinstated"),
    "user.confirmed": _l("Address confirmed"),
    "user.email_changed": _l("Address changed"),
    "user.password_changed": _l("Password changed"),
    "user.signed_in": _l("Signed in"),
    "user.signed_out": _l("Signed out"),
    "user.sessions_ended": _l("Signed out everywhere"),
    "user.second_factor_set": _l("Second factor set up"),
    "user.second_factor_removed": _l("Second factor removed"),
    "user.recovery_codes_made": _l("Recovery codes made"),
    "user.passkey_added": _l("Passkey added"),
    "user.passkey_removed": _l("Passkey removed"),
    "user.left": _l("Account deleted"),
    "role.made": _l("Role made"),
    "role.described": _l("Role described"),
    "role.removed": _l("Role removed"),
    "permission.set": _l("Permission changed"),
    "job.retried": _l("Job run again"),
    "job.dropped": _l("Job dropped"),
    "mail.failed": _l("Mail failed"),
    "mail.retried": _l("Mail sent again"),
    "mail.dropped": _l("Mail dropped"),
}
Subjects = dict[tuple[str, str], tuple[str, str]]


def label_of(name: str) -> str:
    """The event ``name`` in words, or as it is where nobody has found any yet."""
    return str(LABELS.get(name, name))


def subjects_of(events: Iterable[Event]) -> Subjects:
    """``{(type, id): (name, address)}`` of people, texts and roles, by a statement for each kind."""
    asked = {(event.subject_type, event.subject_id) for event in events}
    return people_in(asked) | texts_in(asked) | roles_in(asked)


def people_in(asked: set[tuple[str, str]]) -> Subjects:
    found = session.scalars(select(User).where(User.id.in_(ids_of(asked, "user"))))
    return {
        ("user", str(user.id)): (user.name, url_for("admin_users.details_view", id=user.id)) for user in found
    }


def texts_in(asked: set[tuple[str, str]]) -> Subjects:
    columns = select(Entry.kind, Entry.id, Entry.title, Entry.path)
    found = session.execute(columns.where(Entry.id.in_(ids_of(asked, "post", "page"))))
    return {(kind, str(id)): (title, f"/{path}") for kind, id, title, path in found}


def roles_in(asked: set[tuple[str, str]]) -> Subjects:
    """Roles, and the cells of the permission table, whose ids are ``role:act``."""
    cells = {(kind, id): id.partition(":") for kind, id in asked if kind in ("role", "permission")}
    found = session.scalars(
        select(Role).where(Role.id.in_({int(role) for role, _colon, _act in cells.values()}))
    )
    roles, url = {str(role.id): role.label for role in found}, url_for("admin_roles.index_view")
    return {
        key: (f"{roles[role]}: {ACTS[act].label}" if act in ACTS else roles[role], url)
        for key, (role, _colon, act) in cells.items()
        if role in roles
    }


def ids_of(asked: set[tuple[str, str]], *kinds: str) -> list[int]:
    return [int(id) for kind, id in asked if kind in kinds]
