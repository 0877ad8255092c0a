"""Events in words: what happened, and to what."""

from collections.abc import Iterable

from flask import url_for
from sqlalchemy import select

from cms.admin.words import kind_of
from cms.db import session
from cms.models import (
    ACTS,
    Author,
    Category,
    Entry,
    Event,
    Media,
    MenuItem,
    Redirect,
    Role,
    Series,
    Snippet,
    Tag,
    User,
)

Subjects = dict[tuple[str, str], tuple[str, str]]
PAGES = {
    "tag": (Tag, "admin_tags.details_view"),
    "category": (Category, "admin_categories.details_view"),
    "series": (Series, "admin_series.details_view"),
    "author": (Author, "admin_authors.details_view"),
    "menuitem": (MenuItem, "admin_menus.edit_view"),
    "redirect": (Redirect, "admin_redirects.edit_view"),
    "snippet": (Snippet, "admin_snippets.details_view"),
}


def subjects_of(events: Iterable[Event]) -> Subjects:
    """``{(type, id): (name, address)}`` of what the events are about, by a statement for each kind.

    What is no longer there, or has no page of its own, has its kind and key for a name and no address.
    """
    asked = {(event.subject_type, event.subject_id) for event in events}
    unnamed = {(kind, id): (f"{kind_of(kind)} {id}", "") for kind, id in asked}
    return (
        unnamed | people_in(asked) | texts_in(asked) | pictures_in(asked) | roles_in(asked) | things_in(asked)
    )


def people_in(asked: set[tuple[str, str]]) -> Subjects:
    found = session.scalars(select(User).where(User.id.in_(ids_of(asked, "user"))))
    return {
        ("user", str(user.id)): (user.name, url_for("admin_users.details_view", id=user.id)) for user in found
    }


def texts_in(asked: set[tuple[str, str]]) -> Subjects:
    columns = select(Entry.kind, Entry.id, Entry.title, Entry.path)
    found = session.execute(columns.where(Entry.id.in_(ids_of(asked, "post", "page"))))
    return {(kind, str(id)): (title, f"/{path}") for kind, id, title, path in found}


def pictures_in(asked: set[tuple[str, str]]) -> Subjects:
    found = session.execute(select(Media.id, Media.filename).where(Media.id.in_(ids_of(asked, "media"))))
    return {("media", str(id)): (name, url_for("admin_pictures.details_view", id=id)) for id, name in found}


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


def things_in(asked: set[tuple[str, str]]) -> Subjects:
    """Subjects, menu items and the like, where there are any of the kind; many are no longer there."""
    return {
        (kind, str(thing.id)): (str(thing), url_for(page, id=thing.id))
        for kind, (model, page) in PAGES.items()
        if (ids := ids_of(asked, kind))
        for thing in session.scalars(select(model).where(model.id.in_(ids)))
    }


def ids_of(asked: set[tuple[str, str]], *kinds: str) -> list[int]:
    return [int(id) for kind, id in asked if kind in kinds]
